"""Holds files of YAML or JSON against a schema, as an editor does: validate.py SCHEMA < LIST

For each file of the list a line: the file's name, a tab, and `valid`, `unreadable`, or what is wrong.
"""

import json
import re
import sys

import jsonschema
import yaml


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2: `no` and `1:30` are texts; keys are what stands there."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        if not isinstance(node, yaml.MappingNode):
            raise yaml.constructor.ConstructorError(None, None, "no mapping", node.start_mark)
        pairs = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "no scalar", key.start_mark)
            pairs[key.value] = self.construct_object(value, deep=True)
        return pairs


def construct_map(loader, node):
    return loader.construct_mapping(node)


def construct_int(loader, node):
    return int(node.value, 0 if node.value[:2] in ("0x", "0o") else 10)


NUMBER = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
EditorLoader.add_constructor("tag:yaml.org,2002:map", construct_map)
EditorLoader.add_constructor("tag:yaml.org,2002:int", construct_int)
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
for tag, pattern in [
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", NUMBER),
]:
    EditorLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"^(?:{pattern})$"), None)


def answer(validator, name):
    try:
        with open(name, encoding="utf-8") as file:
            flow = yaml.load(file, EditorLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return "unreadable"
    try:
        error = jsonschema.exceptions.best_match(validator.iter_errors(flow))
    except RecursionError:
        # Aliases that lead back to what holds them.
        return "unreadable"
    return "valid" if error is None else f"{error.json_path}: {error.message[:300]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    for name in sys.stdin.read().splitlines():
        line = " ".join(answer(validator, name).split())
        print(f"{name}\t{line}", flush=True)


main()
