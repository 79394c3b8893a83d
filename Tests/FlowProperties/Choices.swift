/// Choices made by bytes: the fuzzer's, or those of a seed. When the bytes are used up, every choice is the first.
public struct Choices: Sendable {
    private var bytes: ArraySlice<UInt8>

    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)[...]
    }

    /// - Parameter seed: equal seeds make equal choices.
    public init(seed: UInt64, count: Int) {
        var state = seed
        self.init((0..<count).map { _ in UInt8(truncatingIfNeeded: Self.next(&state)) })
    }

    public var isEmpty: Bool { bytes.isEmpty }

    /// A number in 0 ..< count.
    public mutating func pick(_ count: Int) -> Int {
        guard count > 1, let first = bytes.popFirst() else { return 0 }
        guard count > 256 else { return Int(first) % count }
        return (Int(first) << 8 | Int(bytes.popFirst() ?? 0)) % count
    }

    public mutating func pick<Element>(from elements: [Element]) -> Element {
        elements[pick(elements.count)]
    }

    /// True once in `count` times.
    public mutating func once(in count: Int) -> Bool { pick(count) == count - 1 }

    /// The next bytes as they are.
    public mutating func take(_ count: Int) -> [UInt8] {
        let taken = Array(bytes.prefix(count))
        bytes = bytes.dropFirst(count)
        return taken
    }

    /// SplitMix64.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
