using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Cms.Benchmarks;

/// <summary>How long each kind of work of a soak took, and what failed.</summary>
internal sealed class SoakTimes
{
    public const string Read = "reads";
    public const string Search = "searches";
    public const string Page = "pages";
    public const string Feed = "feeds";
    public const string Image = "images";
    public const string Write = "writes";
    public const string Upload = "uploads";
    public const string Event = "events";
    public const string Webhook = "webhooks";

    private static readonly string[] Kinds = [Read, Search, Page, Feed, Image, Write, Upload, Event, Webhook];

    private readonly Dictionary<string, ConcurrentQueue<double>> _minute = Kinds.ToDictionary(
        kind => kind,
        _ => new ConcurrentQueue<double>(),
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, List<double>> _all = Kinds.ToDictionary(
        kind => kind,
        _ => new List<double>(),
        StringComparer.Ordinal
    );
    private int _errors;
    private string? _firstError;

    /// <summary>The head of the table with a row for each minute.</summary>
    public static string Head =>
        $"| minute | working set MB | GC heap MB | errors | {string.Join(" | ", Kinds)} |\n|---|---|---|---|{string.Concat(Kinds.Select(_ => "---|"))}";

    public int Errors => Volatile.Read(ref _errors);

    public string? FirstError => Volatile.Read(ref _firstError);

    public void Add(string kind, TimeSpan took) => _minute[kind].Enqueue(took.TotalMilliseconds);

    public void Fail(string kind, string what)
    {
        Interlocked.Increment(ref _errors);
        Interlocked.CompareExchange(ref _firstError, $"{kind}: {what}", null);
    }

    /// <summary>
    /// Ends a minute, in which a kind of work that was never done is an error. The row shows the median and the 99th
    /// percentile of each kind, in ms.
    /// </summary>
    public string Row(int minute, double resident, double heap)
    {
        StringBuilder row = new();
        row.Append(CultureInfo.InvariantCulture, $"| {minute} | {resident:0} | {heap:0.0} | {Errors} |");
        foreach (var kind in Kinds)
        {
            List<double> taken = [];
            while (_minute[kind].TryDequeue(out var one))
            {
                taken.Add(one);
            }

            if (taken.Count == 0)
            {
                Fail(kind, string.Create(CultureInfo.InvariantCulture, $"nothing in minute {minute}"));
            }

            _all[kind].AddRange(taken);
            row.Append(' ').Append(Pair(taken)).Append(" |");
        }

        return row.ToString();
    }

    /// <summary>A table of all minutes.</summary>
    public string Summary() =>
        string.Join(
            '\n',
            Kinds
                .Select(kind =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {kind} | {_all[kind].Count} | {Percentile(_all[kind], 50):0.0} | {Percentile(_all[kind], 99):0.0} | {_all[kind].DefaultIfEmpty(double.NaN).Max():0} |"
                    )
                )
                .Prepend("|---|---|---|---|---|")
                .Prepend("| all minutes | number | p50 ms | p99 ms | longest ms |")
        );

    private static string Pair(List<double> taken) =>
        taken.Count == 0
            ? "–"
            : string.Create(CultureInfo.InvariantCulture, $"{Percentile(taken, 50):0.0} / {Percentile(taken, 99):0.0}");

    private static double Percentile(List<double> taken, int percent) =>
        taken.Count == 0 ? double.NaN : taken.Order().ElementAt(Math.Min(taken.Count - 1, taken.Count * percent / 100));
}
