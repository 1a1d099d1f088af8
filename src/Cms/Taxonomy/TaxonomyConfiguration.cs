using Cms.Articles;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Taxonomy;

internal sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.IsTerm();
        category.Property(c => c.Colour).HasMaxLength(7);
        category
            .HasIndex([nameof(Category.Order), nameof(Category.Slug)], "IX_Categories_PublicOrder")
            .HasFilter("FirstPublishedAt IS NOT NULL");
    }
}

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag) => tag.IsTerm();
}

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> source)
    {
        source.IsTerm();
        source.Property(s => s.Homepage).HasMaxLength(WebAddress.MaxLength);
    }
}

internal sealed class TermSlugConfiguration : IEntityTypeConfiguration<TermSlug>
{
    public void Configure(EntityTypeBuilder<TermSlug> slug)
    {
        slug.HasKey(s => new { s.Kind, s.Slug });
        slug.Property(s => s.Slug).HasMaxLength(Slug.MaxLength);
    }
}

internal static class TermColumns
{
    extension<T>(EntityTypeBuilder<T> term)
        where T : class, ISlugged, IPublishedByEdition
    {
        /// <summary>Maps what all kinds of terms have.</summary>
        public void IsTerm()
        {
            term.Property(nameof(Category.Slug)).HasMaxLength(Slug.MaxLength);
            term.Property(nameof(Category.Name)).HasMaxLength(Names.MaxLength);
            term.Property(nameof(Category.UpdatedBy)).HasMaxLength(200);
            term.Property(nameof(Category.Version)).IsConcurrencyToken();
            term.HasIndex(nameof(Category.Slug)).IsUnique();
            term.HasIndex(nameof(Category.MergedInto)).HasFilter("MergedInto IS NOT NULL");
            term.HasPublicIndex();
        }
    }
}

internal static class PublicIndex
{
    extension<T>(EntityTypeBuilder<T> term)
        where T : class, ISlugged, IPublishedByEdition
    {
        /// <summary>
        /// Adds an index of only the public terms, so that public lists and counts do not read any others.
        /// </summary>
        public void HasPublicIndex() =>
            term.HasIndex([nameof(ISlugged.Slug)], $"IX_{term.Metadata.GetTableName()}_PublicSlug")
                .HasFilter("FirstPublishedAt IS NOT NULL");
    }
}

internal static class Names
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxLength = 120;
}
