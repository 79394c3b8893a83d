/// Where in a call a request belongs: wait `wait` of the document of turn `turn`, written `n.w` in a URL.
public struct Position: Sendable, Hashable {
    /// From 1.
    public var turn: Int
    /// From 0, in document order.
    public var wait: Int

    public init(turn: Int, wait: Int) {
        self.turn = turn
        self.wait = wait
    }

    /// Reads `n.w`: decimal digits, a point, decimal digits, at most 9 each, no leading zeros.
    public init?(_ bytes: some Collection<UInt8>) {
        var numbers = [0, 0]
        var part = 0
        var digits = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if digits == 1, numbers[part] == 0 { return nil }
                digits += 1
                guard digits <= 9 else { return nil }
                numbers[part] = numbers[part] * 10 + Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "."):
                guard part == 0, digits > 0 else { return nil }
                part = 1
                digits = 0
            default: return nil
            }
        }
        guard part == 1, digits > 0, numbers[0] >= 1 else { return nil }
        turn = numbers[0]
        wait = numbers[1]
    }
}
