"""What the provider's own validator says. A case is a line of JSON, so is what comes back: the signature that it computes,
and whether it takes the one that the case has."""
import json
import sys

from twilio.request_validator import RequestValidator


class Form:
    """Parameters whose names may come more than once, as web frameworks hand them over."""

    def __init__(self, pairs):
        self.pairs = pairs

    def __iter__(self):
        return (name for name, _ in self.pairs)

    def __len__(self):
        return len(self.pairs)

    def getlist(self, wanted):
        return [value for name, value in self.pairs if name == wanted]


for line in sys.stdin:
    case = json.loads(line)
    validator = RequestValidator(case["token"])
    algorithm = case["algorithm"]
    body = case.get("json")
    form = Form(case["form"])
    print(json.dumps({
        "signature": validator.compute_signature(case["url"], None if body is not None else form, algorithm),
        "isValid": bool(validator.validate(
            case["url"], body if body is not None else form, case["signature"], algorithm)),
    }))
