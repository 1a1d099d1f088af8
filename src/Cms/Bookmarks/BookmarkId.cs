using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>Identifies a bookmark.</summary>
public readonly record struct BookmarkId(Guid Value) : IEntityId<BookmarkId>
{
    public static string Prefix => "bmk";

    public override string ToString() => this.Format();
}
