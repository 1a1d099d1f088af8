using Cms.GraphQL;

namespace Cms.Articles.Comments;

/// <summary>The id of a comment.</summary>
public readonly record struct CommentId(Guid Value) : IEntityId<CommentId>
{
    public static string Prefix => "cmt";

    public override string ToString() => this.Format();
}
