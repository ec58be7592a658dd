"""Sensors and schedules of a room's definitions, as they are: without resources, and nothing else is resolved."""

import dagster as dg


def sensor_of(definitions: dg.Definitions, name: str) -> dg.SensorDefinition:
    """The sensor of that name."""
    (sensor,) = (sensor for sensor in definitions.sensors or () if sensor.name == name)
    return sensor


def schedule_of(definitions: dg.Definitions, name: str) -> dg.ScheduleDefinition:
    """The schedule of that name."""
    (schedule,) = (schedule for schedule in definitions.schedules or () if schedule.name == name)
    assert isinstance(schedule, dg.ScheduleDefinition)
    return schedule
