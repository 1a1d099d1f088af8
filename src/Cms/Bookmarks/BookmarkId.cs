using Cms.GraphQL;

namespace Cms.Bookmarks;

public readonly record struct BookmarkId(Guid Value) : IEntityId<BookmarkId>
{
    public static string Prefix => "bmk";

    public override string ToString() => this.Format();
}
