using System.Diagnostics.Metrics;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>The text that Prometheus reads.</summary>
public sealed class PrometheusMetricsTests : IDisposable
{
    private readonly string _name = $"Test.{Guid.NewGuid():N}";
    private readonly Meter _meter;
    private readonly ListLogger _logger = new();

    public PrometheusMetricsTests() => _meter = new Meter(_name);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Requests_are_shown_as_a_cumulative_histogram_with_labels()
    {
        var time = new ManualTimeProvider();
        ServerContext server = Contexts.Of(time: time);
        Handler routes = server.Handler(PrometheusMetrics.From());
        Handler handler = server.Around(
            exchange =>
            {
                if (exchange.Request.Path == "/json")
                    time.Advance(TimeSpan.FromMilliseconds(20));
                return routes(exchange);
            },
            Telemetry.From());
        string answer = await Contexts.PlayAsync(
            handler,
            string.Concat("/json /json /metrics".Split(' ').Select(path => $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n")),
            time: time);
        string text = answer[answer.LastIndexOf("\r\n\r\n", StringComparison.Ordinal)..];
        const string Labels = "http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/json\",network_protocol_version=\"1.1\",url_scheme=\"http\"";
        Assert.Contains(
            "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(
            "# HELP http_server_request_duration_seconds Duration of HTTP server requests.\n"
            + "# TYPE http_server_request_duration_seconds histogram\n",
            text, StringComparison.Ordinal);

        // Other tests may be measured here too, but not on this route with this time.
        string[] lines = text.Split('\n');
        Assert.True(Value($"http_server_request_duration_seconds_bucket{{{Labels},le=\"+Inf\"}}") >= 2);
        Assert.Equal(
            Value($"http_server_request_duration_seconds_bucket{{{Labels},le=\"+Inf\"}}"),
            Value($"http_server_request_duration_seconds_count{{{Labels}}}"));
        Assert.True(
            Value($"http_server_request_duration_seconds_bucket{{{Labels},le=\"0.025\"}}")
            >= Value($"http_server_request_duration_seconds_bucket{{{Labels},le=\"0.01\"}}") + 2);
        Assert.Contains("# TYPE http_server_active_requests gauge\n", text, StringComparison.Ordinal);
        await server.StopAsync();

        double Value(string start) => double.Parse(
            lines.Single(line => line.StartsWith($"{start} ", StringComparison.Ordinal))[(start.Length + 1)..],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Every_kind_of_instrument_has_its_name_type_and_value()
    {
        long observed = 5;
        string text = await ShowAsync(() =>
        {
            Counter<int> counter = _meter.CreateCounter<int>("jobs.done", "{job}", "Jobs,\nall \\ of them");
            counter.Add(2);
            counter.Add(3);
            _meter.CreateUpDownCounter<long>("queue-length").Add(-4);
            _meter.CreateGauge<double>("heat", "Cel").Record(21.5);
            var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] };
            _meter.CreateHistogram("size", "By", null, null, advice).Record(2);
            _meter.CreateObservableCounter("9lives.total", () => observed++, "1");
            _meter.CreateObservableGauge("odd", () => double.PositiveInfinity);
            _meter.CreateCounter<int>("never.counted");
        });
        Assert.Equal(
            """
            # TYPE _9lives_total_total counter
            _9lives_total_total 5
            # TYPE heat_celsius gauge
            heat_celsius 21.5
            # HELP jobs_done_total Jobs,\nall \\ of them
            # TYPE jobs_done_total counter
            jobs_done_total 5
            # TYPE odd gauge
            odd +Inf
            # TYPE queue_length gauge
            queue_length -4
            # TYPE size_bytes histogram
            size_bytes_bucket{le="1"} 0
            size_bytes_bucket{le="2"} 1
            size_bytes_bucket{le="+Inf"} 1
            size_bytes_sum 2
            size_bytes_count 1

            """,
            text);
    }

    [Fact]
    public async Task Labels_are_escaped_sorted_and_one_series_for_any_order_of_tags()
    {
        string text = await ShowAsync(() =>
        {
            Counter<int> counter = _meter.CreateCounter<int>("c");
            counter.Add(1, new("b.x", "say \"hi\"\n\\o/"), new("a", true));
            counter.Add(1, new("a", true), new("b.x", "say \"hi\"\n\\o/"));
            counter.Add(1, new("n", 7), new KeyValuePair<string, object?>("nothing", null));
            counter.Add(1, new("k.x", "1"), new KeyValuePair<string, object?>("k_x", "2"));
        });
        Assert.Equal(
            "# TYPE c_total counter\n"
            + "c_total{a=\"true\",b_x=\"say \\\"hi\\\"\\n\\\\o/\"} 2\n"
            + "c_total{k_x=\"1;2\"} 1\n"
            + "c_total{n=\"7\",nothing=\"\"} 1\n",
            text);
    }

    [Fact]
    public async Task Sets_of_tags_are_bounded_and_the_rest_is_summed_up()
    {
        string text = await ShowAsync(
            () =>
            {
                Counter<int> counter = _meter.CreateCounter<int>("c");
                for (int i = 0; i < 10; i++)
                    counter.Add(1, new KeyValuePair<string, object?>("i", i));
            },
            seriesMax: 3);
        Assert.Equal(
            "# TYPE c_total counter\nc_total{i=\"0\"} 1\nc_total{i=\"1\"} 1\nc_total{i=\"2\"} 1\n"
            + "c_total{otel_metric_overflow=\"true\"} 7\n",
            text);
        Assert.Equal(1, _logger.CountOf(1421));
    }

    [Fact]
    public async Task A_name_is_shown_once_and_of_two_kinds_the_first_one()
    {
        string text = await ShowAsync(() =>
        {
            _meter.CreateCounter<int>("a.b").Add(1);
            _meter.CreateCounter<int>("a_b").Add(1);
            _meter.CreateUpDownCounter<int>("a_b_total").Add(1);
        });
        Assert.Equal("# TYPE a_b_total counter\na_b_total 2\n", text);
        Assert.Equal(1, _logger.CountOf(1420));
    }

    [Fact]
    public async Task Counting_from_many_threads_loses_nothing()
    {
        ServerContext server = Contexts.Of(logger: _logger);
        Handler handler = server.Handler(PrometheusMetrics.From(new PrometheusMetricsOptions { Meters = [_name] }));
        Histogram<double> histogram = _meter.CreateHistogram<double>("h");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
                histogram.Record(1, new KeyValuePair<string, object?>("k", i % 5));
        })));
        string text = await Contexts.PlayAsync(handler, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        for (int k = 0; k < 5; k++)
        {
            Assert.Contains($"h_count{{k=\"{k}\"}} 16000\n", text, StringComparison.Ordinal);
            Assert.Contains($"h_sum{{k=\"{k}\"}} 16000\n", text, StringComparison.Ordinal);
        }

        await server.StopAsync();
    }

    [Fact]
    public async Task The_path_answers_GET_and_HEAD_and_lets_others_through()
    {
        Handler handler = Contexts.Of().Handler(PrometheusMetrics.From());
        string answer = await Contexts.PlayAsync(
            handler, string.Concat("GET /metrics,HEAD /metrics,POST /metrics,GET /json".Split(',').Select(
                line => $"{line} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")));
        Assert.Equal("200 200 405 200", new WireAnswer(answer, 0, false).Statuses);
    }

    [Fact]
    public void Wrong_options_are_all_listed()
    {
        var thrown = Assert.Throws<OptionsException>(() => PrometheusMetrics.From(
            new PrometheusMetricsOptions { Path = "metrics", Meters = [], SeriesMax = 0 }));
        Assert.Equal(3, thrown.Problems.Count);
    }

    private async Task<string> ShowAsync(Action measure, int seriesMax = 2000)
    {
        ServerContext server = Contexts.Of(logger: _logger);
        Handler handler = server.Handler(PrometheusMetrics.From(
            new PrometheusMetricsOptions { Meters = [_name], SeriesMax = seriesMax }));
        measure();
        string answer = await Contexts.PlayAsync(handler, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        await server.StopAsync();
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }
}
