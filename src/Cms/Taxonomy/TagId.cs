using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>The id of a tag.</summary>
public readonly record struct TagId(Guid Value) : IEntityId<TagId>
{
    public static string Prefix => "tag";

    public override string ToString() => this.Format();
}
