using Cms.GraphQL;

namespace Cms.People;

/// <summary>The maximum cost of one operation, by kind of caller.</summary>
public sealed record CostLimits : ICostLimits
{
    public int Anonymous { get; init; } = 5_000;

    public int Reader { get; init; } = 5_000;

    public int Partner { get; init; } = 20_000;

    public int Staff { get; init; } = 20_000;

    public int Of(ICaller caller) =>
        (Viewer)caller switch
        {
            { Kind: ViewerKind.Anonymous } => Anonymous,
            { Kind: ViewerKind.Partner } or { Contact: not null } => Partner,
            { Role: >= Role.Author } => Staff,
            _ => Reader,
        };
}
