/// A scalar's text as bytes, with the way back to the file. Handed from reader to reader, so that it is a reference.
final class SourceText {
    let bytes: [UInt8]
    private let places: ScalarPlaces

    init(_ scalar: YAMLScalar, _ span: Span, in file: SourceFile) {
        bytes = Array(scalar.text.utf8)
        places = ScalarPlaces(scalar, span, in: file)
    }

    func span(_ range: Range<Int>) -> Span { places.span(range) }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: bytes.indices)], as: UTF8.self)
    }
}
