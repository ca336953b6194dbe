"""stub"""
from recover.model.document import Repair
from recover.stages.references.normalise.name_list import NameList


def mend_names(names: NameList) -> tuple[NameList, tuple[Repair, ...]]:
    return names, ()
