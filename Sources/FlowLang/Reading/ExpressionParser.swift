/// Bounds of one expression.
enum ExpressionLimits {
    /// In expressions inside expressions.
    static let maxDepth = 64
    /// In bytes.
    static let maxBytes = 4096
}

/// Reads an expression, one method a level of precedence, from the loosest to the tightest:
///
///     a ?? b   or   and   not   == != < <= > >= in   + -   * / %   -a   a.b a[0] f(x)
///
/// The first problem ends it: what follows an error in one expression would be guesswork.
struct ExpressionParser {
    private var lexer: ExpressionLexer
    private var token: Token
    private var depth = 0
    private(set) var problem: Diagnostic?

    /// An expression with its height, by which chains such as `a + b + c` are bounded too.
    private struct Parsed {
        var expression: Expression
        var height: Int
    }

    private init(_ source: SourceText, _ range: Range<Int>) {
        lexer = ExpressionLexer(source, range)
        token = lexer.next()
    }

    private var source: SourceText { lexer.source }

    static func parse(_ source: SourceText, _ range: Range<Int>) -> (Expression, Diagnostic?) {
        let whole = source.span(range)
        if range.count > ExpressionLimits.maxBytes {
            return (Expression(.invalid, whole), SyntaxMessages.expressionTooLong(range.count, at: whole))
        }
        var parser = ExpressionParser(source, range)
        if parser.token.isEnd {
            return (
                Expression(.invalid, whole),
                SyntaxMessages.expression(
                    "an empty expression", at: whole, help: "Write a value, such as a variable's name.")
            )
        }
        let parsed = parser.expression()
        if parser.problem == nil, !parser.token.isEnd { parser.unexpected() }
        guard parser.problem == nil else { return (Expression(.invalid, whole), parser.problem) }
        return (parsed.expression, nil)
    }

    // MARK: problems

    private mutating func fail(_ problem: Diagnostic?) {
        if self.problem == nil { self.problem = problem }
        token = Token(kind: .end, range: token.range)
    }

    private mutating func unexpected(expecting what: String? = nil) {
        if let problem = lexer.problem { return fail(problem) }
        let place = source.span(token.range)
        if token.isEnd {
            let missing = what ?? "a value"
            return fail(
                SyntaxMessages.expression(
                    "the expression ends where \(missing) is missing", at: place, help: nil))
        }
        let written = source.string(token.range)
        fail(
            SyntaxMessages.expression(
                what.map { "found \(quoted(written)) where \($0) is missing" }
                    ?? "\(quoted(written)) doesn't fit here", at: place,
                help: help(for: written, expecting: what)))
    }

    /// A text has its own quotes.
    private func quoted(_ written: String) -> String {
        written.hasPrefix("'") ? shown(written) : "'\(shown(written))'"
    }

    /// What other languages write.
    private func help(for written: String, expecting what: String?) -> String? {
        switch written.lowercased() {
        case "is", "equals", "eq", "equal": return "Compare with '=='."
        case "isnt", "ne": return "Compare with '!='."
        case "contains", "matches", "starts_with", "ends_with", "includes", "like":
            return "A function stands before its values: contains(message.body, 'yes')."
        case "if", "else", "then", "when": return "A condition chooses a value so: if(condition, a, b)."
        case "(": return "A function stands before its values: lower(message.body), not message.body.lower()."
        default: break
        }
        let isValue = written.first.map { $0 == "'" || $0.isLetter || $0.isNumber } ?? false
        if isValue, what == "']'" || what == "')'" { return "Put a comma between two values." }
        if isValue, what == nil {
            return "Two values need a sign or a word between them, and a name has no blanks: order_number."
        }
        return nil
    }

    private var invalid: Parsed {
        Parsed(expression: Expression(.invalid, source.span(token.range)), height: 1)
    }

    // MARK: tokens

    private mutating func advance() {
        token = lexer.next()
        if case .invalid = token.kind { fail(lexer.problem) }
    }

    private func isSign(_ sign: Token.Sign) -> Bool {
        if case .sign(let found) = token.kind { return found == sign }
        return false
    }

    private func isWord(_ word: Token.Word) -> Bool {
        if case .word(let found) = token.kind { return found == word }
        return false
    }

    private mutating func take(_ sign: Token.Sign) -> Bool {
        guard isSign(sign) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ sign: Token.Sign) -> Int {
        let end = token.range.upperBound
        if !take(sign) { unexpected(expecting: "'\(sign.rawValue)'") }
        return end
    }

    // MARK: building

    /// - Parameter height: of the highest of its parts.
    private mutating func make(_ kind: Expression.Kind, _ span: Span, over height: Int) -> Parsed {
        let height = 1 + height
        if height > ExpressionLimits.maxDepth { fail(SyntaxMessages.tooDeep(at: span)) }
        return Parsed(expression: Expression(kind, span), height: height)
    }

    private mutating func binary(_ operation: BinaryOperator, _ left: Parsed, _ right: Parsed) -> Parsed {
        make(
            .binary(operation, left.expression, right.expression),
            left.expression.span.joined(with: right.expression.span),
            over: Swift.max(left.height, right.height))
    }

    /// Runs a level that may nest, within the bound.
    private mutating func nested(_ level: (inout ExpressionParser) -> Parsed) -> Parsed {
        guard depth < ExpressionLimits.maxDepth else {
            fail(SyntaxMessages.tooDeep(at: source.span(token.range)))
            return invalid
        }
        depth += 1
        defer { depth -= 1 }
        return level(&self)
    }

    // MARK: levels

    private mutating func expression() -> Parsed {
        let left = disjunction()
        guard take(.coalesce) else { return left }
        let right = nested { $0.expression() }
        return binary(.coalesce, left, right)
    }

    private mutating func disjunction() -> Parsed {
        var left = conjunction()
        while isWord(.or) {
            advance()
            let right = conjunction()
            left = binary(.or, left, right)
        }
        return left
    }

    private mutating func conjunction() -> Parsed {
        var left = negation()
        while isWord(.and) {
            advance()
            let right = negation()
            left = binary(.and, left, right)
        }
        return left
    }

    private mutating func negation() -> Parsed {
        guard isWord(.not) else { return comparison() }
        let start = token.range
        advance()
        let operand = nested { $0.negation() }
        return make(
            .not(operand.expression), source.span(start).joined(with: operand.expression.span),
            over: operand.height)
    }

    private mutating func comparison() -> Parsed {
        let left = sum()
        guard let operation = comparisonOperator else { return left }
        advance()
        let right = sum()
        if comparisonOperator != nil, problem == nil {
            fail(
                SyntaxMessages.expression(
                    "a second comparison in a row", at: source.span(token.range),
                    help: "Join two comparisons with 'and'."))
        }
        return binary(operation, left, right)
    }

    private var comparisonOperator: BinaryOperator? {
        if isWord(.in) { return .contained }
        guard case .sign(let sign) = token.kind else { return nil }
        switch sign {
        case .equal: return .equal
        case .notEqual: return .notEqual
        case .less: return .less
        case .lessOrEqual: return .lessOrEqual
        case .greater: return .greater
        case .greaterOrEqual: return .greaterOrEqual
        default: return nil
        }
    }

    private mutating func sum() -> Parsed {
        var left = product()
        while isSign(.plus) || isSign(.minus) {
            let operation: BinaryOperator = isSign(.plus) ? .add : .subtract
            advance()
            let right = product()
            left = binary(operation, left, right)
        }
        return left
    }

    private mutating func product() -> Parsed {
        var left = sign()
        while isSign(.times) || isSign(.over) || isSign(.percent) {
            let operation: BinaryOperator = isSign(.times) ? .multiply : isSign(.over) ? .divide : .remainder
            advance()
            let right = sign()
            left = binary(operation, left, right)
        }
        return left
    }

    private mutating func sign() -> Parsed {
        guard isSign(.minus) else { return access() }
        let start = token.range
        advance()
        let operand = nested { $0.sign() }
        return make(
            .negate(operand.expression), source.span(start).joined(with: operand.expression.span),
            over: operand.height)
    }

    private mutating func access() -> Parsed {
        var base = primary()
        while problem == nil {
            if take(.dot) {
                guard token.isName else {
                    unexpected(expecting: "a field's name")
                    return base
                }
                let field = Located(source.string(token.range), source.span(token.range))
                advance()
                base = make(
                    .field(base.expression, field), base.expression.span.joined(with: field.span),
                    over: base.height)
            } else if take(.openList) {
                let index = nested { $0.expression() }
                let end = expect(.closeList)
                base = make(
                    .index(base.expression, index.expression),
                    base.expression.span.joined(with: source.span(end - 1..<end)),
                    over: Swift.max(base.height, index.height))
            } else {
                return base
            }
        }
        return base
    }

    private mutating func primary() -> Parsed {
        let range = token.range
        let span = source.span(range)
        switch token.kind {
        case .integer(let value): return literal(.integer(value), span)
        case .number(let value): return literal(.number(value), span)
        case .text(let value): return literal(.text(value), span)
        case .duration(let value): return literal(.duration(value), span)
        case .name: return name(range, span)
        case .sign(.open):
            advance()
            var inner = nested { $0.expression() }
            let end = expect(.close)
            inner.expression.span = span.joined(with: source.span(Swift.max(range.lowerBound, end - 1)..<end))
            return inner
        case .sign(.openList):
            advance()
            let (items, end) = list(until: .closeList)
            return make(
                .list(items.map(\.expression)),
                span.joined(with: source.span(Swift.max(range.lowerBound, end - 1)..<end)),
                over: items.map(\.height).max() ?? 0)
        case .sign, .word, .end, .invalid:
            unexpected(expecting: "a value")
            return invalid
        }
    }

    private mutating func literal(_ kind: Expression.Kind, _ span: Span) -> Parsed {
        advance()
        return Parsed(expression: Expression(kind, span), height: 1)
    }

    private mutating func name(_ range: Range<Int>, _ span: Span) -> Parsed {
        let word = source.string(range)
        switch word {
        case "none": return literal(.none, span)
        case "true": return literal(.bool(true), span)
        case "false": return literal(.bool(false), span)
        default: break
        }
        advance()
        guard take(.open) else { return Parsed(expression: Expression(.name(word), span), height: 1) }
        let (arguments, end) = list(until: .close)
        return make(
            .call(Located(word, span), arguments.map(\.expression)),
            span.joined(with: source.span(Swift.max(range.lowerBound, end - 1)..<end)),
            over: arguments.map(\.height).max() ?? 0)
    }

    /// Expressions between commas, up to and with the closing sign; its end.
    private mutating func list(until close: Token.Sign) -> ([Parsed], end: Int) {
        var items: [Parsed] = []
        let end = token.range.upperBound
        if take(close) { return ([], end) }
        repeat {
            items.append(nested { $0.expression() })
        } while problem == nil && take(.comma)
        return (items, expect(close))
    }
}
