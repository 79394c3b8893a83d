import CLibYAML

/// What libyaml reports, with places as counts of code points.
enum YAMLEvent {
    case documentStart(at: Int)
    case documentEnd
    case sequenceStart(Properties, isFlow: Bool)
    case sequenceEnd(upper: Int)
    case mappingStart(Properties, isFlow: Bool)
    case mappingEnd(upper: Int)
    /// The text lives until the next event.
    case scalar(UnsafeBufferPointer<UInt8>, YAMLScalar.Style, Properties)
    case alias(String, lower: Int, upper: Int)
    case failure(YAMLFailure)
    case streamEnd

    struct Properties {
        var anchor: String?
        var hasTag: Bool
        var lower: Int
        var upper: Int
    }
}

/// A syntax error in libyaml's words.
struct YAMLFailure {
    var problem: String
    var context: String
    /// Code points.
    var index: Int
    /// Where the thing that is being read began, in code points.
    var contextIndex: Int
}

/// libyaml's event scan over bytes; nothing else in this module knows libyaml.
///
/// The caller keeps the bytes alive. The stream ends after `streamEnd` and `failure`.
struct EventScanner: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let isReady: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        event = .allocate(capacity: 1)
        event.initialize(to: yaml_event_t())
        isReady = yaml_parser_initialize(parser) == 1
        guard isReady else { return }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_event_delete(event)
        event.deinitialize(count: 1)
        event.deallocate()
        if isReady { yaml_parser_delete(parser) }
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    func next() -> YAMLEvent {
        guard isReady else {
            return .failure(YAMLFailure(problem: "out of memory", context: "", index: 0, contextIndex: 0))
        }
        repeat {
            yaml_event_delete(event)
            guard yaml_parser_parse(parser, event) == 1 else { return .failure(failure()) }
            // The start of the stream says nothing.
        } while event.pointee.type == YAML_STREAM_START_EVENT
        return translated
    }

    private var translated: YAMLEvent {
        let lower = Int(event.pointee.start_mark.index)
        let upper = Int(event.pointee.end_mark.index)
        switch event.pointee.type {
        case YAML_DOCUMENT_START_EVENT:
            return .documentStart(at: lower)
        case YAML_DOCUMENT_END_EVENT:
            return .documentEnd
        case YAML_SEQUENCE_START_EVENT:
            let data = event.pointee.data.sequence_start
            return .sequenceStart(
                .init(anchor: text(data.anchor), hasTag: data.tag != nil, lower: lower, upper: upper),
                isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_SEQUENCE_END_EVENT:
            return .sequenceEnd(upper: upper)
        case YAML_MAPPING_START_EVENT:
            let data = event.pointee.data.mapping_start
            return .mappingStart(
                .init(anchor: text(data.anchor), hasTag: data.tag != nil, lower: lower, upper: upper),
                isFlow: data.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_MAPPING_END_EVENT:
            return .mappingEnd(upper: upper)
        case YAML_SCALAR_EVENT:
            let data = event.pointee.data.scalar
            return .scalar(
                UnsafeBufferPointer(start: data.value, count: data.length), style(data.style),
                .init(anchor: text(data.anchor), hasTag: data.tag != nil, lower: lower, upper: upper))
        case YAML_ALIAS_EVENT:
            return .alias(text(event.pointee.data.alias.anchor) ?? "", lower: lower, upper: upper)
        default:
            return .streamEnd
        }
    }

    private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private func failure() -> YAMLFailure {
        let index = Int(parser.pointee.problem_mark.index)
        let context = parser.pointee.context.map { String(cString: $0) } ?? ""
        return YAMLFailure(
            problem: parser.pointee.problem.map { String(cString: $0) } ?? "", context: context,
            index: index,
            contextIndex: context.isEmpty ? index : Int(parser.pointee.context_mark.index))
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
    }
}
