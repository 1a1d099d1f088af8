using Cms.GraphQL;

namespace Cms.Articles;

/// <summary>Identifies an article across all its revisions and editions.</summary>
public readonly record struct ArticleId(Guid Value) : IEntityId<ArticleId>
{
    public static string Prefix => "art";

    public override string ToString() => this.Format();
}
