using System.Text.Json;
using Cms.GraphQL;

namespace Cms.Import;

internal enum NinjsStatus
{
    /// <summary>The item may be published. This is the default in every version of ninjs.</summary>
    Usable,

    /// <summary>The item must not be published until further notice.</summary>
    Withheld,

    /// <summary>The item must never be published.</summary>
    Canceled,
}

/// <summary>
/// Whether and from when a ninjs item may be published, as stated by <c>pubstatus</c> and <c>embargoed</c> of 1.x or
/// <c>pubStatus</c> and <c>embargoedUntil</c> of 3.x. Each key is accepted in any version. An invalid value is
/// rejected.
/// </summary>
internal sealed record NinjsPlan(NinjsStatus Status, DateTimeOffset? EmbargoUntil)
{
    /// <param name="path">The item's path in the file, for messages: empty, or ending with a dot.</param>
    public static Result<NinjsPlan> Of(JsonElement item, string path = "")
    {
        // Read every property, because JSON allows duplicate keys and a lookup by name would ignore one of them.
        List<(string Key, NinjsStatus Value)> statuses = [];
        List<(string Key, DateTimeOffset Value)> embargoes = [];
        foreach (var property in item.EnumerateObject())
        {
            var key = path + property.Name;
            var text = property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : "";
            switch (PublicationKeys.Plain(property.Name))
            {
                case "pubstatus" when StatusOf(text) is { } status:
                    statuses.Add((key, status));
                    break;
                case "pubstatus":
                    return new ValueMalformed(key, "usable, withheld or canceled");
                case "embargoed" or "embargoeduntil" when Rfc3339.Parse(text) is { } until:
                    embargoes.Add((key, until));
                    break;
                case "embargoed" or "embargoeduntil":
                    return new ValueMalformed(key, Rfc3339.Expected);
                default:
                    if (PublicationKeys.Of(property.Name) is not PublicationKey.None)
                    {
                        return new PublicationKeyUnknown(key);
                    }

                    break;
            }
        }

        return Contradict(statuses) ? new PublicationKeysContradict([.. statuses.Select(given => given.Key)])
            : Contradict(embargoes) ? new PublicationKeysContradict([.. embargoes.Select(given => given.Key)])
            : new NinjsPlan(
                statuses is [var said, ..] ? said.Value : NinjsStatus.Usable,
                embargoes is [var embargo, ..] ? embargo.Value : null
            );
    }

    private static NinjsStatus? StatusOf(string text) =>
        text switch
        {
            "usable" => NinjsStatus.Usable,
            "withheld" => NinjsStatus.Withheld,
            "canceled" => NinjsStatus.Canceled,
            _ => null,
        };

    private static bool Contradict<T>(List<(string Key, T Value)> given) =>
        given.Select(one => one.Value).Distinct().Skip(1).Any();
}
