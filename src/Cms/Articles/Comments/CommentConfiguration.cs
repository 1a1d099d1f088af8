using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Articles.Comments;

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> comment)
    {
        comment.Property(c => c.BlockId).HasMaxLength(64);
        comment.Property(c => c.Text).HasMaxLength(Comment.MaxLength);
        comment.ComplexProperty(c => c.Author, author => author.AsColumns("Author"));
        comment.ComplexProperty(c => c.ResolvedBy, person => person.AsColumns("ResolvedBy"));

        // A page of threads.
        comment.HasIndex(c => new
        {
            c.ArticleId,
            c.ThreadId,
            c.Id,
        });
        // The replies of the threads on a page.
        comment.HasIndex(c => new { c.ThreadId, c.Id });
        // The desk's activity.
        comment.HasIndex(c => new { c.CreatedAt, c.Id });
        comment.HasOne<Article>().WithMany().HasForeignKey(c => c.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class CommentMentionConfiguration : IEntityTypeConfiguration<CommentMention>
{
    public void Configure(EntityTypeBuilder<CommentMention> mention)
    {
        mention.HasKey(m => new { m.PersonKey, m.CommentId });
        mention.HasIndex(m => m.CommentId);
        mention.HasOne<Comment>().WithMany().HasForeignKey(m => m.CommentId).OnDelete(DeleteBehavior.NoAction);
    }
}
