using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>The id of a category.</summary>
public readonly record struct CategoryId(Guid Value) : IEntityId<CategoryId>
{
    public static string Prefix => "cat";

    public override string ToString() => this.Format();
}
