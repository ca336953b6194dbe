"""stub"""
from recover.model.csl import CslItem
from recover.model.document import Repair
from recover.stages.references.draft import Draft


def mend_item(item: CslItem, draft: Draft) -> tuple[CslItem, tuple[Repair, ...]]:
    return item, ()
