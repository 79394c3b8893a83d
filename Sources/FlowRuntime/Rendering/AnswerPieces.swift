package import FlowProgram
import TwiML

/// A document as it is stored: its pieces in order, a few bytes each. With the program's statics and the server's
/// address it gives the same bytes in every process and release.
package struct AnswerPieces: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        /// An index into the program's statics.
        case fixed(Int)
        /// The URL of a wait of this document, as `Slot.code`.
        case slot(Int)
        /// The URL of a flow that is heard beside wait w.
        case side(Int, wait: Int)
        /// The URL where this document begins, if it is a side's.
        case start
        /// The URL that is told of something later.
        case callback(NoticeKind)
        /// XML, escaped already; a range of `code`.
        case bytes(Range<Int>)
    }

    /// For each piece a varint, whose two low bits are its kind, and its bytes if it has some.
    package private(set) var code: [UInt8]

    package init() {
        code = []
    }

    /// What comes from a store: any bytes. Reading ends where they stop making sense.
    package init(code: [UInt8]) {
        self.code = code
    }

    package var isEmpty: Bool { code.isEmpty }

    package mutating func append(fixed index: Int) {
        code.append(varint: UInt64(truncatingIfNeeded: index) << 2)
    }

    package mutating func append(slot: Int) {
        code.append(varint: UInt64(truncatingIfNeeded: slot) << 2 | 1)
    }

    // What has no bytes of its own: 0 is the start, odd numbers are callbacks, the other even ones sides.
    package mutating func append(side index: Int, wait: Int) {
        let number = UInt64(truncatingIfNeeded: wait) << 4 | UInt64(truncatingIfNeeded: index & 15)
        code.append(varint: (2 * number + 2) << 2 | 3)
    }

    package mutating func appendStart() { code.append(varint: 3) }

    package mutating func append(callback kind: NoticeKind) {
        let number = NoticeKind.allCases.firstIndex(of: kind) ?? 0
        code.append(varint: UInt64(truncatingIfNeeded: 2 * number + 1) << 2 | 3)
    }

    package mutating func append(bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        code.append(varint: UInt64(truncatingIfNeeded: bytes.count) << 2 | 2)
        code.append(contentsOf: bytes)
    }

    package mutating func append(_ text: StaticString) {
        append(bytes: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a text, which is escaped here.
    mutating func append(text: String) {
        var xml: [UInt8] = []
        appendEscaped(text.utf8, in: .text, to: &xml)
        append(bytes: xml)
    }

    package mutating func append(_ other: AnswerPieces) {
        code.append(contentsOf: other.code)
    }

    /// Back to what it was when `code` had this many bytes.
    mutating func truncate(to count: Int) {
        if count < code.count { code.removeLast(code.count - count) }
    }

    package func forEach(_ body: (Piece) -> Void) {
        var reader = ByteReader(code)
        while let head = reader.varint() {
            guard let number = Int(exactly: head >> 2) else { return }
            switch head & 3 {
            case 0: body(.fixed(number))
            case 1: body(.slot(number))
            case 2:
                guard number <= reader.remaining else { return }
                body(.bytes(reader.offset..<(reader.offset + number)))
                reader.offset += number
            case _ where number == 0: body(.start)
            case _ where number % 2 == 0:
                let place = number / 2 - 1
                body(.side(place & 15, wait: place >> 4))
            default:
                guard NoticeKind.allCases.indices.contains(number / 2) else { return }
                body(.callback(NoticeKind.allCases[number / 2]))
            }
        }
    }
}
