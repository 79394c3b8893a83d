import FlowLang
import FlowProgram

/// What is `secret` or `sensitive` reaches no log, no URL, no prompt and nothing else of a document. A fetch's headers and body
/// are where it may go, to a host that no caller chooses.
@Sendable func quietSecrets(_ proof: Proof) -> [Diagnostic] {
    let graph = proof.graph
    guard graph.linked.hasSecrets else { return [] }
    var places: [(use: ValueFlow.Use, place: SecretPlace)] = []
    for node in graph.reached {
        graph.program.operations[node].forEachOpenPlace { place, expression in
            places.append(
                (ValueFlow.Use(operation: node, expression: expression, forbidden: .secret), place))
        }
    }
    var flow = ValueFlow(graph)
    let wrong = flow.wrong(places.map(\.use))
    var found = wrong.enumerated().map { number, wrong in
        let (index, origins) = wrong
        let (use, place) = places[index]
        let trace = number < maxTraces ? flow.trace(use, origins) : ValueFlow.Trace(root: .unknown)
        return CheckMessages.secretExposed(
            graph.name(of: trace, else: "a secret"), in: place, notes: graph.notes(of: trace, to: use),
            at: graph.linked.spans[use.operation])
    }
    found += secretsForStrangers(graph)
    return found
}

/// Where everybody may look.
enum SecretPlace: Hashable {
    case log(String)
    case url
    case document
}

/// A secret in a request whose host a caller chooses, be it with `allow`.
private func secretsForStrangers(_ graph: FlowGraph) -> [Diagnostic] {
    let hosts = graph.linked.sinks.filter {
        ($0.sink.kind == .host || $0.sink.kind == .sip) && graph.isReached($0.operation)
    }
    guard !hosts.isEmpty else { return [] }
    var flow = ValueFlow(graph)
    let uses = hosts.map {
        ValueFlow.Use(operation: $0.operation, expression: $0.sink.expression, forbidden: .caller)
    }
    let chosen = flow.wrong(uses).map { hosts[$0.use] }
    let bodies = chosen.flatMap { operation, _ in
        graph.program.operations[operation].requestParts.map {
            ValueFlow.Use(operation: operation, expression: $0, forbidden: .secret)
        }
    }
    var secrets = ValueFlow(graph)
    let sent = Set(secrets.wrong(bodies).map { bodies[$0.use].operation })
    return chosen.filter { sent.contains($0.operation) }.map {
        CheckMessages.secretForStranger(at: $0.sink.span)
    }
}

extension LinkedProgram {
    fileprivate var hasSecrets: Bool {
        !sensitive.isEmpty || program.config.contains { $0.type.holdsSecret }
            || program.variables.contains { $0.type.holdsSecret }
    }
}

extension Operation {
    /// Everything but a request's headers and body.
    fileprivate func forEachOpenPlace(_ visit: (SecretPlace, TypedExpression) -> Void) {
        switch self {
        case .log(let fields): for field in fields { visit(.log(field.name), field.value) }
        case .fetch(let fetch):
            for case .hole(let expression) in fetch.url.segments { visit(.url, expression) }
            for named in fetch.query { visit(.url, named.value) }
        case .set, .setLanguage, .branch, .select, .jump, .again, .resume, .call, .return: break
        case .dial(let dial):
            // A password goes to the provider and to the SIP server.
            let credentials = dial.credentials
            forEachExpression { if !credentials.contains($0) { visit(.document, $0) } }
        case .emit, .attach, .gather, .record, .enqueue, .connect, .send, .finish:
            forEachExpression { visit(.document, $0) }
        }
    }

    /// What a fetch sends besides its URL, and a SIP call besides its address.
    fileprivate var requestParts: [TypedExpression] {
        if case .dial(let dial) = self { return dial.credentials }
        guard case .fetch(var fetch) = self else { return [] }
        fetch.url = TextTemplate([])
        fetch.query = []
        var parts: [TypedExpression] = []
        fetch.forEachExpression { parts.append($0) }
        return parts
    }
}

extension Dial {
    /// The holes that may hold a secret: no other place of a document takes one.
    fileprivate var credentials: [TypedExpression] {
        var credentials: [TypedExpression] = []
        rendering.forEachHole { if $0.type == .secret { credentials.append($0.expression) } }
        return credentials
    }
}
