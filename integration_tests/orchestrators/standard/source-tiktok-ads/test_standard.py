"""Airbyte's standard tests for sources, on a connector that is no Python program.

They run a Python connector inside their own process; here that one step starts CONNECTOR_PROGRAM instead.
"""
import os
from pathlib import Path

from airbyte_cdk.test import entrypoint_wrapper
from airbyte_cdk.test.standard_tests import SourceTestSuiteBase
from airbyte_cdk.utils.docker import run_docker_airbyte_command


class ExternalConnector:
    """Stands where the tests want a connector's class; its program is what runs."""

    def spec(self, logger):
        raise NotImplementedError


def run_program(source, args, expecting_exception=None, *, expected_outcome=None):
    return run_docker_airbyte_command([os.environ["CONNECTOR_PROGRAM"], *args], raise_if_errors=False)


entrypoint_wrapper._run_command = run_program


class TestSource(SourceTestSuiteBase):
    connector = ExternalConnector

    @classmethod
    def get_connector_root_dir(cls):
        return Path(__file__).parent.absolute()
