"""The same bytes from a Ray cluster of several nodes on this machine."""

from __future__ import annotations

import os

import pytest

from archives import a_job, contents, done, failures, lines, text
from onrecord.archive.driver import process

ray = pytest.importorskip("ray")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_makes_the_bytes_of_one_machine(tmp_path, monkeypatch) -> None:
    from ray.cluster_utils import Cluster

    archive = tmp_path / "in.jsonl"
    texts = [text(n) for n in range(30)]
    archive.write_text(lines([*texts[:9], f"DIE {texts[9]}", *texts[10:]]))
    done(tmp_path / "one", archive)
    # The nodes are processes of their own; they find the stub where this one does.
    tests = os.pathsep.join([str(tmp_path.__class__(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", tests)
    monkeypatch.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        nodes.add_node(num_cpus=1)
        report = process(a_job(tmp_path / "many", archive), workers=2, ray=nodes.address)
    finally:
        ray.shutdown()
        nodes.shutdown()
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert report.counts.kept == 29 and [failure["code"] for failure in failures(tmp_path / "many")] == ["OR-506"]
