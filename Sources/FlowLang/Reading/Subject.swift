/// What a value belongs to, for messages: put into words only where there is something to say.
enum Subject: CustomStringConvertible, ExpressibleByStringLiteral {
    /// Ready words, such as "a flow".
    case words(String)
    /// `'timeout'`
    case key(String)
    /// `the state 'menu'`
    case named(String, String)
    indirect case item(Subject)

    init(stringLiteral value: String) { self = .words(value) }

    var description: String {
        switch self {
        case .words(let words): words
        case .key(let name): "'\(shown(name))'"
        case .named(let kind, let name): "the \(kind) '\(shown(name))'"
        case .item(let subject): "an item of \(subject)"
        }
    }
}
