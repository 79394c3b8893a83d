extension Reader {
    /// The value of `if` or `switch`: an expression, in a hole's braces or not.
    mutating func expression(_ node: YAMLNode, of what: Subject) -> Expression? {
        guard let scalar = scalar(node, of: what) else { return nil }
        if scalar.text.utf8.starts(with: [UInt8(ascii: "$"), UInt8(ascii: "{")]) {
            let template = template(scalar, node.span)
            if let whole = template.wholeHole { return whole }
            report(SyntaxMessages.severalHoles(at: node.span))
            return Expression(.invalid, node.span)
        }
        let source = SourceText(scalar, node.span, in: file)
        let (expression, problem) = ExpressionParser.parse(source, 0..<source.bytes.count)
        if let problem { report(problem) }
        return expression
    }
}
