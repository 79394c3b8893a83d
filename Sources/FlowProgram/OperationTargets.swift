extension Operation {
    /// The same operation with every target put through `map`; the targets come in a fixed order.
    ///
    /// - Parameter mapSide: what flows begin at that are heard beside it; nothing leads there.
    package func mappingTargets(_ map: (Int) -> Int, sides mapSide: (Int) -> Int = { $0 }) -> Operation {
        switch self {
        case .emit, .attach, .set, .setLanguage, .send, .log, .finish, .return, .resume: return self
        case .jump(let target): return .jump(map(target))
        case .again(let target): return .again(map(target))
        case .branch(let condition, let then, let otherwise):
            return .branch(condition, then: map(then), otherwise: map(otherwise))
        case .select(let subject, let cases, let otherwise):
            return .select(
                subject, cases: cases.map { SelectCase(value: $0.value, target: map($0.target)) },
                otherwise: map(otherwise))
        case .gather(var gather):
            for index in gather.choices.indices {
                gather.choices[index].target = map(gather.choices[index].target)
            }
            gather.next = map(gather.next)
            gather.otherwise = map(gather.otherwise)
            gather.confirms = gather.confirms.map(map)
            return .gather(gather)
        case .record(var record):
            record.next = map(record.next)
            record.otherwise = map(record.otherwise)
            return .record(record)
        case .dial(var dial):
            dial.answered = map(dial.answered)
            dial.busy = map(dial.busy)
            dial.noAnswer = map(dial.noAnswer)
            dial.failed = map(dial.failed)
            dial.canceled = map(dial.canceled)
            dial.declined = dial.declined.map(map)
            dial.sides = dial.sides?.map { $0.mappingEntry(mapSide) }
            return .dial(dial)
        case .enqueue(var enqueue):
            enqueue.bridged = map(enqueue.bridged)
            enqueue.left = map(enqueue.left)
            enqueue.full = map(enqueue.full)
            enqueue.failed = map(enqueue.failed)
            enqueue.leaves = enqueue.leaves?.map { .init(name: $0.name, target: map($0.target)) }
            enqueue.wait = enqueue.wait?.mappingEntry(mapSide)
            return .enqueue(enqueue)
        case .connect(var connect):
            for index in connect.ways.indices {
                connect.ways[index].target = map(connect.ways[index].target)
            }
            connect.otherwise = map(connect.otherwise)
            return .connect(connect)
        case .call(var call):
            call.target = map(call.target)
            call.next = map(call.next)
            return .call(call)
        case .fetch(var fetch):
            for index in fetch.statuses.indices {
                fetch.statuses[index].target = map(fetch.statuses[index].target)
            }
            fetch.failed = map(fetch.failed)
            fetch.next = map(fetch.next)
            return .fetch(fetch)
        }
    }

    /// Every operation that may follow, besides the next one in line (see `goesOn`).
    package var targets: [Int] {
        var targets: [Int] = []
        _ = mappingTargets {
            targets.append($0)
            return $0
        }
        return targets
    }

    /// Whether the operation after this one in line follows.
    package var goesOn: Bool {
        switch self {
        case .emit, .attach, .set, .setLanguage, .send, .log: true
        default: false
        }
    }

    package var isGather: Bool { if case .gather = self { true } else { false } }

    /// Whether the machine may stop here and wait for the person or the provider.
    package var isWait: Bool {
        switch self {
        case .gather, .record, .dial, .enqueue, .connect: true
        default: false
        }
    }
}

extension Operation {
    /// Every expression that the operation evaluates.
    package func forEachExpression(_ visit: (TypedExpression) -> Void) {
        for side in sides { for setting in side.settings { visit(setting.value) } }
        switch self {
        case .emit(let rendering), .finish(.reject(let rendering)), .finish(.redirect(let rendering)):
            rendering.forEachExpression(visit)
        case .finish, .jump, .again, .resume, .return: break
        case .call(let call): for setting in call.settings { visit(setting.value) }
        case .attach(let media): visit(media)
        case .gather(let gather):
            gather.prompt.forEachExpression(visit)
            for rendering in gather.noInput { rendering.forEachExpression(visit) }
            for rendering in gather.noMatch { rendering.forEachExpression(visit) }
        case .record(let record): record.rendering.forEachExpression(visit)
        case .dial(let dial):
            dial.rendering.forEachExpression(visit)
            for guardian in dial.guards { visit(guardian.number) }
        case .enqueue(let enqueue):
            enqueue.rendering.forEachExpression(visit)
            enqueue.instruction?.forEachExpression(visit)
        case .connect(let connect): connect.rendering.forEachExpression(visit)
        case .set(let settings): for setting in settings { visit(setting.value) }
        case .setLanguage(let expression): visit(expression)
        case .branch(let condition, _, _): visit(condition)
        case .select(let subject, _, _): visit(subject)
        case .fetch(let fetch): fetch.forEachExpression(visit)
        case .send(let send):
            visit(send.to)
            if let from = send.from { visit(from) }
            send.body.forEachExpression(visit)
            for media in send.media { visit(media) }
        case .log(let fields): for field in fields { visit(field.value) }
        }
    }
}

extension Rendering {
    package func forEachExpression(_ visit: (TypedExpression) -> Void) {
        forEachHole { visit($0.expression) }
    }

    package func forEachHole(_ visit: (Hole) -> Void) {
        switch content {
        case .same(let pieces): for piece in pieces { piece.forEachHole(visit) }
        case .each(let lists): for piece in lists.joined() { piece.forEachHole(visit) }
        }
    }
}

extension Piece {
    fileprivate func forEachHole(_ visit: (Hole) -> Void) {
        switch self {
        case .fixed, .action, .side, .callback: break
        case .hole(let hole): visit(hole)
        case .element(_, let content, _): for piece in content { piece.forEachHole(visit) }
        }
    }
}

extension Fetch {
    package func forEachExpression(_ visit: (TypedExpression) -> Void) {
        for case .hole(let expression) in url.segments { visit(expression) }
        for named in query + headers { visit(named.value) }
        if let credentials {
            visit(credentials.user)
            visit(credentials.password)
        }
        switch body {
        case .nothing: break
        case .json(let template): template.forEachExpression(visit)
        case .form(let fields): for field in fields { visit(field.value) }
        }
    }
}

extension JSONTemplate {
    package func forEachExpression(_ visit: (TypedExpression) -> Void) {
        switch self {
        case .value(let expression): visit(expression)
        case .list(let elements): for element in elements { element.forEachExpression(visit) }
        case .object(let fields): for field in fields { field.value.forEachExpression(visit) }
        }
    }
}
