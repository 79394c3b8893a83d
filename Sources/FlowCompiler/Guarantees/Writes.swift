import FlowProgram

/// What an operation puts into a variable.
enum Written {
    case value(TypedExpression)
    /// What a caller answered.
    case answer(InputForm)
    case recording
    /// What came of a dial, of a queue, of what was connected.
    case result(ResultForm)
    case fetched(Fetch)
}

extension Operation {
    /// Calls `visit` with every variable that the operation sets. A new operation that sets one is told of here.
    func forEachWrite(_ visit: (Int, Written) -> Void) {
        for setting in sides.lazy.flatMap(\.settings) { visit(setting.variable, .value(setting.value)) }
        switch self {
        case .set(let settings): for setting in settings { visit(setting.variable, .value(setting.value)) }
        case .gather(let gather):
            if let variable = gather.into, let input = gather.input { visit(variable, .answer(input)) }
        case .record(let record): if let variable = record.into { visit(variable, .recording) }
        case .fetch(let fetch): if let variable = fetch.into { visit(variable, .fetched(fetch)) }
        case .dial(let dial): if let variable = dial.into { visit(variable, .result(.dial)) }
        case .enqueue(let enqueue): if let variable = enqueue.into { visit(variable, .result(.enqueue)) }
        case .connect(let connect): if let variable = connect.into { visit(variable, .result(connect.form)) }
        case .call(let call):
            for setting in call.settings { visit(setting.variable, .value(setting.value)) }
        case .emit, .attach, .setLanguage, .branch, .select, .jump, .again, .resume, .send, .log, .finish,
            .return:
            break
        }
    }
}
