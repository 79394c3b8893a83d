extension Reader {
    /// A scalar of any kind, holes and all.
    mutating func template(
        _ node: YAMLNode, of what: Subject, checking check: (inout Reader, YAMLScalar) -> Void = { _, _ in }
    ) -> Template? {
        switch node.kind {
        case .scalar(let scalar):
            check(&self, scalar)
            guard !scalar.isMissing else {
                reportMissing(node, of: what)
                return nil
            }
            return template(scalar, node.span)
        case .invalid: return nil
        case .sequence, .mapping:
            report(SyntaxMessages.unexpectedShape(node, wanted: what))
            return nil
        }
    }

    /// A text for people: nothing of it may be lost to YAML.
    mutating func textTemplate(_ node: YAMLNode, of what: Subject) -> Template? {
        template(node, of: what) {
            $0.checkCut($1, node.span)
            $0.checkForeignHoles($1, node.span)
        }
    }

    mutating func template(_ scalar: YAMLScalar, _ span: Span) -> Template {
        guard scalar.text.utf8.contains(UInt8(ascii: "$")) else {
            return Template(scalar.text, span: span, isQuoted: scalar.isQuoted)
        }
        var scan = HoleScan(source: SourceText(scalar, span, in: file))
        scan.run()
        for problem in scan.problems { report(problem) }
        return Template(scan.segments, span: span, isQuoted: scalar.isQuoted)
    }

    /// A comment behind an unquoted text, or an anchor before it, takes words away silently.
    mutating func checkCut(_ scalar: YAMLScalar, _ span: Span) {
        guard scalar.style == .plain else { return }
        if scalar.hasAnchor {
            report(SyntaxMessages.cutByAnchor(file.text(of: span), at: span))
            return
        }
        var offset = Int(span.upper)
        while offset < file.bytes.count, file.bytes[offset] == 0x20 || file.bytes[offset] == 0x09 {
            offset += 1
        }
        guard offset > Int(span.upper), offset < file.bytes.count, file.bytes[offset] == UInt8(ascii: "#")
        else { return }
        let end = file.end(ofLine: file.line(of: offset))
        let comment = Span(source: file.id, offset..<Swift.max(offset, end))
        report(SyntaxMessages.cutByComment(scalar.text, file.text(of: comment), at: comment))
    }
}

/// Cuts a scalar's text into literals and holes.
private struct HoleScan {
    let source: SourceText
    private(set) var segments: [Template.Segment] = []
    private(set) var problems: [Diagnostic] = []
    private var literalStart = 0
    /// What the literal begins with, up to its last `$${`, and where the rest of it begins.
    private var unescaped: [UInt8] = []
    private var restStart = 0

    init(source: SourceText) {
        self.source = source
    }

    mutating func run() {
        let bytes = source.bytes
        let dollar = UInt8(ascii: "$")
        let brace = UInt8(ascii: "{")
        segments.reserveCapacity(bytes.first == dollar ? 1 : 3)
        var offset = 0
        while let found = bytes[offset...].firstIndex(of: dollar) {
            offset = found
            if offset + 2 < bytes.count, bytes[offset + 1] == dollar, bytes[offset + 2] == brace {
                unescaped += bytes[restStart..<offset]
                unescaped += [dollar, brace]
                offset += 3
                restStart = offset
            } else if offset + 1 < bytes.count, bytes[offset + 1] == brace {
                endLiteral(at: offset)
                offset = hole(from: offset)
                (literalStart, restStart) = (offset, offset)
            } else {
                offset += 1
            }
        }
        endLiteral(at: bytes.count)
    }

    private mutating func endLiteral(at end: Int) {
        guard literalStart < end else { return }
        let rest = source.bytes[restStart..<end]
        let text =
            unescaped.isEmpty
            ? String(decoding: rest, as: UTF8.self) : String(decoding: unescaped + rest, as: UTF8.self)
        segments.append(.literal(Located(text, source.span(literalStart..<end))))
        unescaped = []
    }

    /// Reads the hole at `start` and gives where the text goes on.
    private mutating func hole(from start: Int) -> Int {
        guard let close = closingBrace(from: start + 2) else {
            let span = source.span(start..<source.bytes.count)
            problems.append(SyntaxMessages.unclosedHole(at: source.span(start..<start + 2)))
            segments.append(.hole(Expression(.invalid, span), span))
            return source.bytes.count
        }
        let (expression, problem) = ExpressionParser.parse(source, start + 2..<close)
        if let problem { problems.append(problem) }
        segments.append(.hole(expression, source.span(start..<close + 1)))
        return close + 1
    }

    /// Braces within quotes don't count; pairs of braces do.
    private func closingBrace(from start: Int) -> Int? {
        var depth = 0
        var isQuoted = false
        var firstBrace: Int?
        for offset in start..<source.bytes.count {
            switch source.bytes[offset] {
            case UInt8(ascii: "'"): isQuoted.toggle()
            case UInt8(ascii: "{") where !isQuoted: depth += 1
            case UInt8(ascii: "}"):
                if firstBrace == nil { firstBrace = offset }
                if isQuoted { continue }
                if depth == 0 { return offset }
                depth -= 1
            default: break
            }
        }
        // A quote that never ends: the parser says so of the expression up to the first brace.
        return isQuoted ? firstBrace : nil
    }
}
