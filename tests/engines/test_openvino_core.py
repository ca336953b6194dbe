from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from recover.engines.openvino_core import Cpu, Network
from recover.engines.ppocr import detector
from recover.errors import EngineFailed


class Request:
    """An inference request that may leave its output as it was, as the real one does when memory runs out."""

    def __init__(self) -> None:
        self.output = np.zeros((1, 2), np.float32)
        self.works = True

    def start_async(self, inputs: list[np.ndarray], *, share_inputs: bool) -> None:
        assert share_inputs
        if self.works:
            self.output[:] = inputs[0].sum()

    def wait(self) -> None:
        """Done at once."""

    def get_output_tensor(self, index: int) -> SimpleNamespace:
        return SimpleNamespace(data=self.output)


def test_results_of_an_earlier_call_are_never_taken_for_those_of_this_one() -> None:
    request = Request()
    network = Network("made", None, SimpleNamespace(create_infer_request=lambda: request, outputs=[None]))
    assert network.run(np.ones((1, 3), np.float32))[0][0, 0] == 3
    assert network.run(np.ones((1, 4), np.float32))[0][0, 0] == 4
    request.works = False
    with pytest.raises(EngineFailed, match="no result"):
        network.run(np.ones((1, 5), np.float32))


def test_every_batch_is_answered_in_its_place_by_several_streams() -> None:
    made = SimpleNamespace(create_infer_request=Request, outputs=[None])
    for streams in (1, 2, 3):
        network = Network("made", None, made, streams)
        for count in range(6):
            batches = [np.full((1, 1), number, np.float32) for number in range(count)]
            assert [int(outputs[0][0, 0]) for outputs in network.run_each(batches)] == list(range(count))


@pytest.mark.engine
def test_f32_is_computed_in_where_it_is_asked_for() -> None:
    assert detector(Cpu(1, "f32")).precision == "f32"
    assert detector(Cpu(1)).precision in ("f32", "bf16", "f16")
