using System.Diagnostics.Metrics;
using Cms.Server.Access;

namespace Cms.Server.Telemetry;

/// <summary>The metrics of the server. Without a listener they cost almost nothing.</summary>
internal sealed class ServerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Cms";

    private static readonly KeyValuePair<string, object?> Kept = new("cms.answer", "kept");
    private static readonly KeyValuePair<string, object?> Made = new("cms.answer", "made");

    private readonly Counter<long> _answers;
    private readonly Counter<long> _refusals;
    private readonly UpDownCounter<long> _renditions;

    public ServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _answers = meter.CreateCounter<long>(
            "cms.answers",
            "{answer}",
            "Number of GraphQL responses over HTTP, cached (kept) or executed (made)."
        );
        _refusals = meter.CreateCounter<long>(
            "cms.sign_in.refusals",
            "{refusal}",
            "Number of rejected credentials, by reason."
        );
        _renditions = meter.CreateUpDownCounter<long>(
            "cms.renditions.queue",
            "{image}",
            "Number of images that are being made or wait to be made."
        );
        Lag = meter.CreateHistogram<double>(
            "cms.changes.lag",
            "s",
            "Time from a public change until this server has read it in the change log."
        );
        Backlog = meter.CreateGauge<long>(
            "cms.webhooks.backlog",
            "{delivery}",
            "Number of webhook deliveries that wait to be sent."
        );
        Statements = meter.CreateHistogram<double>("db.client.operation.duration", "s", "Duration of SQL statements.");
    }

    public Histogram<double> Lag { get; }

    public Gauge<long> Backlog { get; }

    public Histogram<double> Statements { get; }

    public void CountAnswer(bool isKept) => _answers.Add(1, isKept ? Kept : Made);

    public void CountRefusal(Refusal refusal) =>
        _refusals.Add(
            1,
            new KeyValuePair<string, object?>(
                "cms.sign_in.refusal",
                refusal switch
                {
                    Refusal.Invalid => "invalid",
                    Refusal.WrongScope => "wrong_scope",
                    _ => "blocked",
                }
            )
        );

    public void BeginRendition() => _renditions.Add(1);

    public void EndRendition() => _renditions.Add(-1);
}
