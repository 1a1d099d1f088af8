using Cms.GraphQL;

namespace Cms.Articles.Preview;

/// <summary>The id of a preview link.</summary>
public readonly record struct PreviewLinkId(Guid Value) : IEntityId<PreviewLinkId>
{
    public static string Prefix => "prv";

    public override string ToString() => this.Format();
}
