import FlowProgram

/// A side in a row: a byte for its place, 0 for none; its result; the figures of its queue.
private enum ResultTag: UInt8 {
    case none, left, leftByName, accepted, declined
}

extension [UInt8] {
    mutating func append(_ side: SideState?) {
        guard let side, let place = Side.Place.allCases.firstIndex(of: side.place) else { return append(0) }
        append(UInt8(truncatingIfNeeded: place + 1))
        switch side.result {
        case nil: append(ResultTag.none.rawValue)
        case .left(nil): append(ResultTag.left.rawValue)
        case .left(let name?):
            append(ResultTag.leftByName.rawValue)
            append(countedText: name)
        case .accepted: append(ResultTag.accepted.rawValue)
        case .declined: append(ResultTag.declined.rawValue)
        }
        append(side.queue == nil ? 0 : 1)
        guard let queue = side.queue else { return }
        for figure in [queue.position, queue.size, queue.time, queue.average] { append(signed: figure) }
    }
}

extension ByteReader {
    /// The outer nil: damaged.
    mutating func side() -> SideState?? {
        guard let number = byte() else { return nil }
        guard number > 0 else { return .some(nil) }
        let places = Side.Place.allCases
        guard Int(number) <= places.count, let tag = byte().flatMap(ResultTag.init) else { return nil }
        var side = SideState(place: places[Int(number) - 1])
        switch tag {
        case .none: break
        case .left: side.result = .left(nil)
        case .leftByName:
            guard let name = countedText() else { return nil }
            side.result = .left(name)
        case .accepted: side.result = .accepted
        case .declined: side.result = .declined
        }
        switch byte() {
        case 0: return side
        case 1:
            guard let position = signed(), let size = signed(), let time = signed(), let average = signed()
            else { return nil }
            side.queue = QueueFigures(position: position, size: size, time: time, average: average)
            return side
        default: return nil
        }
    }
}
