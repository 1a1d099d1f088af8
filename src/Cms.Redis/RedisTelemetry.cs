using System.Diagnostics;

namespace Cms.Redis;

/// <summary>
/// Traces what Redis is asked, as part of another trace. A trace names the command and what it is for, not the key and never
/// the client.
/// </summary>
public static class RedisTelemetry
{
    /// <summary>The name of the source.</summary>
    public const string Name = "Cms.Redis";

    private static readonly ActivitySource Source = new(Name);

    /// <param name="command">The command.</param>
    /// <param name="purpose">What it is for, such as <c>limit:anonymous</c>.</param>
    internal static Activity? Begin(string command, string purpose)
    {
        if (Activity.Current is not { Recorded: true })
        {
            return null;
        }

        var summary = $"{command} {purpose}";
        var activity = Source.StartActivity(summary, ActivityKind.Client);
        activity?.SetTag("db.system.name", "redis");
        activity?.SetTag("db.operation.name", command);
        activity?.SetTag("db.query.summary", summary);
        return activity;
    }

    internal static void Fail(this Activity? activity, Exception fault) =>
        activity?.SetTag("error.type", fault.GetType().FullName);
}
