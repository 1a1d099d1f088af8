using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>Names something that a reader saved for later.</summary>
public readonly record struct BookmarkId(Guid Value) : IEntityId<BookmarkId>
{
    public static string Prefix => "bmk";

    public override string ToString() => this.Format();
}
