using System.Globalization;

namespace Cms.Benchmarks;

/// <summary>The settings from the command line.</summary>
internal sealed record Settings(
    IReadOnlyList<string> Workloads,
    int Articles = 2_000,
    int Seconds = 10,
    int Warmup = 30,
    int Connections = 8,
    int Changes = 10_000,
    int Starts = 5,
    string? Server = null
)
{
    /// <summary>Returns whether a workload is to be measured: all are if none is named.</summary>
    public bool Includes(string workload) =>
        Workloads.Count == 0 || Workloads.Any(name => workload.Contains(name, StringComparison.OrdinalIgnoreCase));

    public static Settings Parse(IReadOnlyList<string> arguments)
    {
        List<string> workloads = [];
        var settings = new Settings(workloads);
        for (var i = 0; i < arguments.Count; i++)
        {
            settings = arguments[i] switch
            {
                "--articles" => settings with { Articles = Number(++i) },
                "--seconds" => settings with { Seconds = Number(++i) },
                "--warmup" => settings with { Warmup = Number(++i) },
                "--connections" => settings with { Connections = Number(++i) },
                "--changes" => settings with { Changes = Number(++i) },
                "--starts" => settings with { Starts = Number(++i) },
                "--server" => settings with { Server = arguments[++i] },
                var name => Named(name),
            };
        }

        return settings;

        int Number(int at) => int.Parse(arguments[at], CultureInfo.InvariantCulture);

        Settings Named(string name)
        {
            workloads.Add(name.ToUpperInvariant());
            return settings;
        }
    }
}
