import Testing
import TwiML

/// The vectors are those of the provider's segment calculator.
@Suite("Segments of a message")
struct MessageSegmentsTests {
    struct Vector: Sendable {
        var text: String
        var encoding: MessageSegments.Encoding
        var count: Int
    }

    static let vectors: [Vector] = [
        ("", 0, "", "GSM-7", 1), ("a", 160, "", "GSM-7", 1), ("a", 161, "", "GSM-7", 2),
        ("a", 306, "", "GSM-7", 2), ("a", 307, "", "GSM-7", 3), ("a", 1_600, "", "GSM-7", 11),
        ("[", 80, "", "GSM-7", 1), ("[", 81, "", "GSM-7", 2), ("a", 159, "[", "GSM-7", 2),
        ("é", 160, "", "GSM-7", 1), ("€", 80, "", "GSM-7", 1),
        ("a", 152, "[" + String(repeating: "a", count: 153), "GSM-7", 3),
        ("中", 70, "", "UCS-2", 1), ("中", 71, "", "UCS-2", 2), ("中", 134, "", "UCS-2", 2),
        ("中", 135, "", "UCS-2", 3), ("😀", 35, "", "UCS-2", 1), ("😀", 36, "", "UCS-2", 2),
        ("It’s here", 1, "", "UCS-2", 1), ("`", 1, "", "UCS-2", 1), ("ç", 1, "", "UCS-2", 1),
        ("Ç", 1, "", "GSM-7", 1),
    ].compactMap { part, count, end, encoding, segments in
        MessageSegments.Encoding(rawValue: encoding).map {
            Vector(text: String(repeating: part, count: count) + end, encoding: $0, count: segments)
        }
    }

    @Test("A text is sent and paid as the provider says", arguments: vectors)
    func vector(_ vector: Vector) {
        let segments = MessageSegments(of: vector.text)
        #expect(segments.encoding == vector.encoding)
        #expect(segments.count == vector.count)
        #expect(segments.encoding.segments(ofAtMost: segments.units) >= segments.count)
    }

    @Test("There are as many vectors as the calculator has")
    func count() { #expect(Self.vectors.count == 22) }

    @Test("GSM-7 has 127 characters and an extension table")
    func table() {
        let widths = (0...0xFFFF).compactMap { Unicode.Scalar(UInt32($0)) }.compactMap(GSM7.width)
        #expect(widths.filter { $0 == 1 }.count == 127)
        #expect(widths.filter { $0 == 2 }.count == 10)
    }

    @Test("A plain twin is one that GSM-7 has")
    func twins() {
        for value in 0...0x2FFF {
            guard let scalar = Unicode.Scalar(UInt32(value)), let twin = GSM7.twin(of: scalar) else {
                continue
            }
            #expect(GSM7.holds(twin.text), "\(scalar)")
            #expect(GSM7.width(of: scalar) == nil, "\(scalar) needs no twin")
        }
    }

    @Test("A text that is too long is cut where its last segment ends", arguments: 1...4)
    func cut(_ segments: Int) {
        for part in ["a", "é[", "中", "😀a", "a😀😀", "word ", "€"] {
            for count in [1, 50, 70, 161, 200, 700] {
                let text = String(repeating: part, count: count)
                let cut = MessageSegments.cut(text, to: segments)
                #expect(MessageSegments(of: cut).count <= segments)
                guard MessageSegments(of: text).count > segments else {
                    #expect(cut == text)
                    continue
                }
                let isGSM = GSM7.holds(text)
                #expect(cut.hasSuffix(isGSM ? "..." : "…") && GSM7.holds(cut) == isGSM)
                // Nothing more would have fitted.
                let kept = cut.unicodeScalars.count - (isGSM ? 3 : 1)
                let longer = String(String.UnicodeScalarView(text.unicodeScalars.prefix(kept + 1)))
                #expect(MessageSegments(of: longer + (isGSM ? "..." : "…")).count > segments)
            }
        }
    }
}
