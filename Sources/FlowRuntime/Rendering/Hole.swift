import FlowProgram

extension Hole {
    /// What the hole puts into a document: the value shown, cut and escaped for its place.
    func bytes(in context: EvaluationContext, languages: [Program.Language]) -> (xml: [UInt8], units: Int) {
        let value = evaluate(expression, in: context)
        let tag =
            language.flatMap { languages.indices.contains($0) ? languages[$0].tag : nil }
            ?? context.languageTag
        let text = show(value, form: form, language: tag, limit: limit)
        switch form {
        case .spoken, .spelled, .written, .json, .jsonText:
            return (escapedText(text), text.utf16.count)
        case .verbatim:
            return (escapedAttribute(text), text.utf16.count)
        case .url:
            let encoded = percentEncoded(text)
            return (encoded, encoded.count)
        }
    }
}
