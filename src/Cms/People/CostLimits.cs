using Cms.GraphQL;

namespace Cms.People;

/// <summary>How much one operation may cost, by who asks.</summary>
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
            { Kind: ViewerKind.Partner } => Partner,
            { Role: >= Role.Author } => Staff,
            _ => Reader,
        };
}
