import FlowLang

/// Times of a calendar that are written twice: one of them is a mistake, and whoever changes one later forgets the other.
struct HoursOverlaps {
    private(set) var diagnostics = DiagnosticList()

    init(in calendar: HoursDeclaration) {
        reportWeek(calendar.open)
        reportDays(calendar)
    }

    /// Minutes, and where they were written.
    private struct Times {
        var from: Int
        var to: Int
        var span: Span
    }

    /// What runs past midnight, or past Sunday, goes on there.
    private mutating func reportWeek(_ openings: [HoursDeclaration.Opening]) {
        let week = 7 * 1440
        var times: [Times] = []
        for opening in openings {
            let length =
                opening.to > opening.from ? opening.to - opening.from : opening.to + 1440 - opening.from
            for day in opening.weekdays {
                let from = day * 1440 + opening.from
                times.append(Times(from: from, to: min(from + length, week), span: opening.span))
                if from + length > week {
                    times.append(Times(from: 0, to: from + length - week, span: opening.span))
                }
            }
        }
        report(times)
    }

    private mutating func reportDays(_ calendar: HoursDeclaration) {
        var closed: [[Int]: Span] = [:]
        for day in calendar.closed {
            let date = [day.year, day.month, day.day]
            if let first = closed[date] {
                diagnostics.report(CheckMessages.dayTwice(at: day.span, first: first))
            } else {
                closed[date] = day.span
            }
        }
        var open: [[Int]: [Times]] = [:]
        var dates: [[Int]] = []
        for day in calendar.openOn {
            let date = [day.year, day.month, day.day]
            if open[date] == nil {
                dates.append(date)
                if let first = closed[date] {
                    diagnostics.report(CheckMessages.closedAndOpen(at: day.span, closed: first))
                }
            }
            open[date, default: []].append(
                Times(from: day.from, to: day.to > day.from ? day.to : day.to + 1440, span: day.span))
        }
        for date in dates { report(open[date] ?? []) }
    }

    /// Once for a place, however many days it is about.
    private mutating func report(_ times: [Times]) {
        var last: Times?
        var reported: Set<Span> = []
        for time in times.sorted(by: { ($0.from, $0.span.lower) < ($1.from, $1.span.lower) }) {
            if let last, time.from < last.to, time.span != last.span {
                let (first, second) = last.span.lower < time.span.lower ? (last, time) : (time, last)
                if reported.insert(second.span).inserted {
                    diagnostics.report(CheckMessages.overlappingTimes(at: second.span, first: first.span))
                }
            }
            if time.to > last?.to ?? -1 { last = time }
        }
    }
}
