import CoreMetrics
import FlowServer
import Testing

@Suite("Prometheus text")
struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics()

    @Test("Counters, gauges and timers as Prometheus reads them, in the order of their names")
    func text() {
        let paid = Counter(
            label: "calls", dimensions: [("flow", "pay-a-bill"), ("channel", "voice")], factory: metrics)
        paid.increment()
        paid.increment(by: 2)
        Counter(label: "calls", dimensions: [("channel", "sms"), ("flow", "b")], factory: metrics).increment()
        let open = Meter(label: "open", factory: metrics)
        open.increment()
        open.increment()
        open.decrement()
        let timer = Timer(label: "turn.took", factory: metrics)
        timer.recordMilliseconds(1)
        timer.recordMilliseconds(300)
        timer.recordSeconds(20)
        #expect(
            metrics.text() == """
                # TYPE calls_total counter
                calls_total{channel="sms",flow="b"} 1
                calls_total{channel="voice",flow="pay-a-bill"} 3
                # TYPE open gauge
                open 1
                # TYPE turn_took_seconds histogram
                turn_took_seconds_bucket{le="0.0005"} 0
                turn_took_seconds_bucket{le="0.001"} 1
                turn_took_seconds_bucket{le="0.0025"} 1
                turn_took_seconds_bucket{le="0.005"} 1
                turn_took_seconds_bucket{le="0.01"} 1
                turn_took_seconds_bucket{le="0.025"} 1
                turn_took_seconds_bucket{le="0.05"} 1
                turn_took_seconds_bucket{le="0.1"} 1
                turn_took_seconds_bucket{le="0.25"} 1
                turn_took_seconds_bucket{le="0.5"} 2
                turn_took_seconds_bucket{le="1"} 2
                turn_took_seconds_bucket{le="2.5"} 2
                turn_took_seconds_bucket{le="5"} 2
                turn_took_seconds_bucket{le="10"} 2
                turn_took_seconds_bucket{le="15"} 2
                turn_took_seconds_bucket{le="+Inf"} 3
                turn_took_seconds_sum 20.301
                turn_took_seconds_count 3

                """)
    }

    @Test("Whoever asks for the same counter gets it")
    func same() {
        Counter(label: "a", dimensions: [("x", "1"), ("y", "2")], factory: metrics).increment()
        Counter(label: "a_total", dimensions: [("y", "2"), ("x", "1")], factory: metrics).increment()
        #expect(metrics.text() == "# TYPE a_total counter\na_total{x=\"1\",y=\"2\"} 2\n")
    }

    @Test("Names and values can't break a line")
    func hostile() {
        Counter(
            label: "1 bad\nname", dimensions: [("a\"b", "a\"b\\c\nd")], factory: metrics
        ).increment()
        #expect(
            metrics.text()
                == "# TYPE _1_bad_name_total counter\n_1_bad_name_total{a_b=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test("A name that is something else already isn't shown twice")
    func otherType() {
        Meter(label: "a_total", factory: metrics).set(7)
        Counter(label: "a", factory: metrics).increment()
        Counter(label: "a", dimensions: [("x", "1")], factory: metrics).increment()
        #expect(metrics.text() == "# TYPE a_total gauge\na_total 7\n")
    }

    @Test("There is an end to labels")
    func bounded() {
        for number in 0..<5_000 {
            Counter(label: "a", dimensions: [("n", "\(number)")], factory: metrics).increment()
        }
        #expect(metrics.text().split(separator: "\n").count == 2_049)
    }
}
