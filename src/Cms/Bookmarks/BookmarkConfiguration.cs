using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Bookmarks;

internal sealed class BookmarkConfiguration : IEntityTypeConfiguration<Bookmark>
{
    public void Configure(EntityTypeBuilder<Bookmark> bookmark)
    {
        bookmark.Property(b => b.Note).HasMaxLength(Bookmark.MaxNoteLength);
        bookmark.Ignore(b => b.Target);

        // The index includes the kind, so that the database can filter and count one kind using only the index.
        bookmark
            .HasIndex(b => new
            {
                b.ReaderId,
                b.SavedAt,
                b.Id,
                b.TargetKind,
            })
            .IsDescending(false, true, true, false);

        // An id belongs to only one kind, so this index does not need the kind.
        bookmark.HasIndex(b => new { b.ReaderId, b.TargetId }).IsUnique();

        // The desk shows how many readers bookmarked an article.
        bookmark.HasIndex(b => b.TargetId);
    }
}

internal sealed class BookmarkShelfConfiguration : IEntityTypeConfiguration<BookmarkShelf>
{
    public void Configure(EntityTypeBuilder<BookmarkShelf> shelf) => shelf.HasKey(s => s.ReaderId);
}
