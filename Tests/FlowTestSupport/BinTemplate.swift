/// What Mustache and Handlebars have in common: `{{Name}}`, `{{.}}`, `{{#Name}}…{{/Name}}`, `{{^Name}}…{{/Name}}`.
public enum BinTemplate {
    /// Renders a template as a TwiML Bin does; values are escaped.
    public static func render(_ template: String, _ values: [String: String]) -> String {
        render(template[...], values, context: nil)
    }

    private static func render(_ template: Substring, _ values: [String: String], context: String?) -> String
    {
        var result = ""
        var rest = template
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}")
        {
            result += rest[..<open.lowerBound]
            let tag = rest[open.upperBound..<close.lowerBound]
            rest = rest[close.upperBound...]
            guard let sign = tag.first, sign == "#" || sign == "^" else {
                let value = tag == "." ? context ?? "" : values[String(tag)] ?? ""
                result += value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                    .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
                continue
            }
            let name = String(tag.dropFirst())
            guard let end = rest.firstRange(of: "{{/\(name)}}") else { return "unclosed section" }
            let value = values[name] ?? ""
            if value.isEmpty == (sign == "^") {
                result += render(rest[..<end.lowerBound], values, context: sign == "#" ? value : context)
            }
            rest = rest[end.upperBound...]
        }
        return result + rest
    }
}
