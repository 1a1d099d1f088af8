using System.Diagnostics;
using OpenTelemetry;

namespace Cms.Server.Telemetry;

/// <summary>
/// Removes from finished traces everything that can contain a key, a token, a variable or a person. What may stay is
/// listed, so that a library that adds something new exposes nothing.
/// </summary>
internal sealed class Redaction : BaseProcessor<Activity>
{
    private static readonly string[] Families = ["cms.", "graphql.", "db."];

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "network.protocol.version",
        "url.scheme",
    };

    public override void OnEnd(Activity data)
    {
        // Clients choose it, and nothing here reads it. It is empty and not null, because an activity without its own shows
        // that of its parent, which may still be running when this one is sent.
        data.TraceStateString = "";
        List<string>? removed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (!MayStay(tag.Key))
            {
                (removed ??= []).Add(tag.Key);
            }
        }

        removed?.ForEach(name => data.SetTag(name, null));

        if (data.Kind is ActivityKind.Server)
        {
            // The path of a request can contain a key or a token. Its route has names in their place.
            var route = data.GetTagItem("http.route") as string;
            data.SetTag(
                "url.path",
                route is null ? null
                    : route.StartsWith('/') ? route
                    : "/" + route
            );
        }

        if (data.Status is ActivityStatusCode.Error && data.StatusDescription is not null)
        {
            data.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static bool MayStay(string name)
    {
        foreach (var family in Families)
        {
            if (name.StartsWith(family, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return Kept.Contains(name);
    }
}
