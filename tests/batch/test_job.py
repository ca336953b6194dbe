from hypothesis import given
from hypothesis import strategies as st

from recover.batch.ledger import File, PageState
from recover.batch.plan import Job
from recover.fence.tasks import Fault

FAULT = Fault("EngineFailed", "a", "b", "c")


@given(
    pages=st.integers(0, 12),
    span=st.integers(1, 5),
    known=st.dictionaries(st.integers(0, 15), st.sampled_from(["read", "failed", "again"])),
    fates=st.lists(st.sampled_from(["read", "fail", "again"]), max_size=60),
)
def test_every_page_is_in_exactly_one_place(pages: int, span: int, known: dict[int, str], fates: list[str]) -> None:
    states = [PageState(page, state, 1, FAULT if state == "failed" else None) for page, state in known.items()]
    job = Job(File(1, "a", "a", "", "looked", "", pages), [state for state in states if state.page < pages])
    for fate in fates:
        if not job.out and not job.hand_out(span):
            break
        page = min(job.out)
        if fate == "again":
            job.attempts[page] = 1
            job.put_back(page)
        else:
            job.settle(page, FAULT if fate == "fail" else None)
        assert sorted([*job.todo, *job.out, *job.read, *job.failed]) == list(range(pages))
    assert job.is_complete == (len(job.read) + len(job.failed) == pages)


def test_a_page_that_broke_a_worker_goes_alone() -> None:
    job = Job(File(1, "a", "a", "", "looked", "", 6), [PageState(2, "again", 1, None)])
    handed = [job.hand_out(4) for _ in range(4)]
    assert handed == [(0, 1), (2,), (3, 4, 5), ()]
