extension FunctionTable {
    static let dateRows: [FunctionRow] = [
        FunctionRow(
            .date,
            [
                FunctionSignature("date(datetime) → date", [.datetime], readsZone: true, gives: .date),
                FunctionSignature("date(text) → date?", [.text], gives: .optional(.date)),
            ],
            "The day of an instant by the flow's timezone, or the day that a text such as `2026-11-21` is.",
            example: FunctionExample(.date, [.text("2026-11-21")], gives: day(2026, 11, 21))
        ) { arguments, context in
            if case .datetime(let instant)? = arguments.first {
                return .date(context.clock.civil(at: instant).date)
            }
            return writtenDate(Array(text(arguments, 0).utf8)).map(Value.date) ?? .none
        },
        FunctionRow(
            .time,
            [
                FunctionSignature("time(datetime) → time", [.datetime], readsZone: true, gives: .time),
                FunctionSignature("time(text) → time?", [.text], gives: .optional(.time)),
            ],
            "The time of the day of an instant by the flow's timezone, or the one that a text such as `9:30` is.",
            example: FunctionExample(.time, [.text("9:30")], gives: .time(CivilTime(seconds: 34_200)))
        ) { arguments, context in
            if case .datetime(let instant)? = arguments.first {
                return .time(context.clock.civil(at: instant).time)
            }
            return writtenTime(Array(text(arguments, 0).utf8)).map(Value.time) ?? .none
        },
        FunctionRow(
            .format,
            [
                FunctionSignature("format(date, pattern: text) → text", [.date, .text], gives: .text),
                FunctionSignature("format(time, pattern: text) → text", [.time, .text], gives: .text),
                FunctionSignature(
                    "format(datetime, pattern: text) → text", [.datetime, .text], readsZone: true,
                    gives: .text),
            ],
            "A date, time or instant by a pattern of yyyy yy MMMM MM M dd d EEEE HH H hh h mm ss a, in the session's language.",
            example: FunctionExample(
                .format, [.date("2026-11-21"), .text("EEEE, d MMMM")], gives: .text("Saturday, 21 November"))
        ) { arguments, context in
            guard arguments.count == 2 else { return .none }
            if case .money(let amount) = arguments[0], case .integer(let decimals) = arguments[1] {
                return .text(moneyText(amount, decimals: Int(Swift.min(Swift.max(decimals, 0), 4))))
            }
            return .text(
                formatted(arguments[0], text(arguments, 1), context).cut(to: ValueType.defaultTextLimit))
        },
        FunctionRow(
            .daysBetween,
            [
                FunctionSignature(
                    "days_between(from: date, to: date) → integer", [.date, .date], gives: .integer),
                FunctionSignature(
                    "days_between(from: datetime, to: datetime) → integer", [.datetime, .datetime],
                    readsZone: true, gives: .integer),
            ],
            "How many days later the second one is; negative if it is earlier.",
            example: FunctionExample(
                .daysBetween, [.date("2026-11-21"), .date("2026-12-25")], gives: .integer(34))
        ) { arguments, context in
            guard arguments.count == 2, let from = civilDate(arguments[0], context),
                let to = civilDate(arguments[1], context)
            else { return .integer(0) }
            return .integer(Int64(to.days) - Int64(from.days))
        },
    ]

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Value {
        CivilDate(year: year, month: month, day: day).map(Value.date) ?? .none
    }

    private static func civilDate(_ value: Value, _ context: FunctionContext) -> CivilDate? {
        switch value {
        case .date(let date): date
        case .datetime(let instant): context.clock.civil(at: instant).date
        default: nil
        }
    }
}
