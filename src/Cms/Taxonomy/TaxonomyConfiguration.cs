using Cms.Articles;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Taxonomy;

internal sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.Property(c => c.Slug).HasMaxLength(Slug.MaxLength);
        category.Property(c => c.Name).HasMaxLength(Names.MaxLength);
        category.Property(c => c.Version).IsConcurrencyToken();
        category.HasIndex(c => c.Slug).IsUnique();
        category.HasPublicIndex();
    }
}

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.Property(t => t.Slug).HasMaxLength(Slug.MaxLength);
        tag.Property(t => t.Name).HasMaxLength(Names.MaxLength);
        tag.Property(t => t.Version).IsConcurrencyToken();
        tag.HasIndex(t => t.Slug).IsUnique();
        tag.HasPublicIndex();
    }
}

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> source)
    {
        source.Property(s => s.Slug).HasMaxLength(Slug.MaxLength);
        source.Property(s => s.Name).HasMaxLength(Names.MaxLength);
        source.Property(s => s.Homepage).HasMaxLength(WebAddress.MaxLength);
        source.Property(s => s.Version).IsConcurrencyToken();
        source.HasIndex(s => s.Slug).IsUnique();
        source.HasPublicIndex();
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
