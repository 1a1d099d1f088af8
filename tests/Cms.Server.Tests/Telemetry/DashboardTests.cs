using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Telemetry;

/// <summary>The dashboard for Grafana shows only metrics that the server has.</summary>
[Needs("server")]
public sealed partial class DashboardTests
{
    private static readonly string[] Functions =
    [
        "abs",
        "and",
        "by",
        "clamp_max",
        "clamp_min",
        "histogram_quantile",
        "increase",
        "le",
        "max",
        "on",
        "or",
        "rate",
        "sum",
        "vector",
    ];

    [Fact]
    public async Task Each_metric_of_the_dashboard_exists()
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, _) => known.UnionWith(NamesInPrometheus(instrument)),
        };
        listener.Start();
        await using NewsroomServer server = new();
        await server.InitializeAsync();
        await server.QueryAsync("{ __typename }");

        var path = Path.Combine(Repository.Root, "infra", "grafana", "cms.json");
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var queries = dashboard["panels"]!
            .AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => (string)target!["expr"]!)
            .ToList();

        Assert.NotEmpty(queries);
        Assert.All(
            queries,
            query =>
            {
                var used = Metric().Matches(Quiet().Replace(query, "")).Select(match => match.Value).ToList();
                var metrics = used.Where(name => !Functions.Contains(name, StringComparer.Ordinal)).ToList();
                Assert.NotEmpty(metrics);
                Assert.All(metrics, metric => Assert.Contains(metric, known));
            }
        );
    }

    // As the OpenTelemetry Collector and Prometheus write them: with the unit, and with _total for counters.
    private static IEnumerable<string> NamesInPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal)
                ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal)
            || kind.StartsWith("ObservableCounter", StringComparison.Ordinal)
                ? [$"{name}_total"]
            : [name];
    }

    // Labels, ranges and groupings contain no metrics.
    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)")]
    private static partial Regex Quiet();

    [GeneratedRegex(@"\b[a-z][a-z_]+\b")]
    private static partial Regex Metric();
}
