using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Bookmarks;

internal sealed class BookmarkConfiguration : IEntityTypeConfiguration<Bookmark>
{
    public void Configure(EntityTypeBuilder<Bookmark> bookmark)
    {
        bookmark.Property(b => b.Note).HasMaxLength(Bookmark.MaxNoteLength);
        bookmark.Ignore(b => b.Target);

        // The kind comes last, so that a list of one kind, and its count, are read from the index alone.
        bookmark
            .HasIndex(b => new
            {
                b.ReaderId,
                b.SavedAt,
                b.Id,
                b.TargetKind,
            })
            .IsDescending(false, true, true, false);

        // An id is of one kind only, so the kind adds nothing here.
        bookmark.HasIndex(b => new { b.ReaderId, b.TargetId }).IsUnique();
    }
}

internal sealed class BookmarkShelfConfiguration : IEntityTypeConfiguration<BookmarkShelf>
{
    public void Configure(EntityTypeBuilder<BookmarkShelf> shelf) => shelf.HasKey(s => s.ReaderId);
}
