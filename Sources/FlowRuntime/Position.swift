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

/// What a `wait:` or `whisper:` document hangs on: the parent's call, the position there, and which of the flows that are heard beside
/// it. In a URL it stands before the document's own position, as `CallSid/n.w.i`.
public struct SideAddress: Sendable, Hashable {
    /// The parent's CallSid.
    public var call: [UInt8]
    /// In the parent's document.
    public var position: Position
    /// From 0, in the order of that document.
    public var index: Int

    public init(call: [UInt8], position: Position, index: Int) {
        self.call = call
        self.position = position
        self.index = index
    }

    /// Reads `n.w.i`, as `Position` reads `n.w`.
    public init?(call: ArraySlice<UInt8>, _ place: ArraySlice<UInt8>) {
        guard let point = place.lastIndex(of: UInt8(ascii: ".")), let position = Position(place[..<point])
        else {
            return nil
        }
        // The index has the form of a wait.
        var one = Array("1".utf8)
        one += place[point...]
        guard let index = Position(one)?.wait else { return nil }
        self.init(call: Array(call), position: position, index: index)
    }
}
