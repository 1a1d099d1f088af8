using Cms.Articles.Gate;
using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.Media;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Articles;

internal sealed class ArticleConfiguration : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> article)
    {
        // HeadId, LiveEditionId and AdvanceEditionId have no foreign keys, which would form a cycle with Revisions and Editions.
        article.Property(a => a.Slug).HasMaxLength(Slug.MaxLength);
        article.Property(a => a.ImportId).HasMaxLength(400);
        article.Property(a => a.ImportHash).HasMaxLength(64);

        // Every article has both values. The columns allow NULL, because SQLite would have to copy the table to change
        // that.
        article.Property(a => a.UpdatedBy).HasMaxLength(200).IsRequired(false);
        article.Property(a => a.EditedBy).HasMaxLength(200).IsRequired(false);

        article.Property(a => a.ReviewChangedBy).HasMaxLength(200);
        article.Property(a => a.TrashedBy).HasMaxLength(200);
        article.Property(a => a.ScheduleRefusal).HasMaxLength(ArticleLimits.Note);
        article.ComplexProperty(a => a.ScheduledBy, person => person.AsColumns("ScheduledBy"));
        article.Property(a => a.ScheduleAcknowledged).AsRules();
        article.ComplexProperty(
            a => a.PlannedWithdrawal,
            plan =>
            {
                plan.Property(p => p.Reason).HasMaxLength(ArticleLimits.Note).HasColumnName("WithdrawReason");
                plan.Property(p => p.Kind).HasColumnName("WithdrawKind");
                plan.Property(p => p.SuccessorId).HasColumnName("WithdrawSuccessorId");
                plan.Property(p => p.AcknowledgeBy).HasColumnName("WithdrawAcknowledgeBy");
                plan.ComplexProperty(p => p.By, person => person.AsColumns("WithdrawBy"));
            }
        );
        article.Property(a => a.Version).IsConcurrencyToken();
        article.HasIndex(a => a.Slug).IsUnique();
        article.HasIndex(a => a.ImportId).IsUnique();

        // Authors list the articles assigned to them, and those they review.
        article.HasIndex(a => a.AssigneeKey).HasFilter("AssigneeKey IS NOT NULL");
        article.HasIndex(a => a.ReviewerKey).HasFilter("ReviewerKey IS NOT NULL");

        // The server often queries for due articles, and few articles are scheduled.
        article.HasIndex(a => new { a.ScheduledAt, a.Id }).HasFilter("ScheduledAt IS NOT NULL");
        article.HasIndex(a => new { a.WithdrawAt, a.Id }).HasFilter("WithdrawAt IS NOT NULL");

        // Few articles are released under embargo.
        article.HasIndex(a => a.AdvanceEditionId).IsUnique().HasFilter("AdvanceEditionId IS NOT NULL");
    }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.ComplexProperty(
            r => r.Content,
            content =>
            {
                content.AsColumns();
                content
                    .Property(c => c.Tags)
                    .HasConversion(new IdListConverter<TagId>(), IdListConverter<TagId>.Comparer)
                    .HasColumnName("Tags");
                content
                    .Property(c => c.Authors)
                    .HasConversion(new IdListConverter<AuthorId>(), IdListConverter<AuthorId>.Comparer)
                    .HasColumnName("Authors");
                content
                    .Property(c => c.Tools)
                    .HasConversion(new IdListConverter<ToolId>(), IdListConverter<ToolId>.Comparer)
                    .HasColumnName("Tools");
            }
        );
        revision.ComplexProperty(r => r.Drafter, drafter => drafter.AsColumns("Drafter"));
        revision.ComplexProperty(r => r.DraftedWith, model => model.AsColumns());
        revision.Property(r => r.EditedBy).HasMaxLength(200);
        revision.Property(r => r.ApprovedBy).HasMaxLength(200);
        revision.Property(r => r.Label).HasMaxLength(ArticleLimits.Label);
        revision.HasIndex(r => new { r.ArticleId, r.Number }).IsUnique();

        // The desk's activity.
        revision.HasIndex(r => new { r.SavedAt, r.Id });
        revision.HasOne<Article>().WithMany().HasForeignKey(r => r.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionConfiguration : IEntityTypeConfiguration<Edition>
{
    public void Configure(EntityTypeBuilder<Edition> edition)
    {
        edition.ComplexProperty(
            e => e.Content,
            content =>
            {
                content.AsColumns();
                content.Ignore(c => c.Tags);
                content.Ignore(c => c.Authors);
                content.Ignore(c => c.Tools);
            }
        );
        edition.Property(e => e.Slug).HasMaxLength(Slug.MaxLength);
        edition.Property(e => e.Disclosure).HasMaxLength(1000);
        edition.Property(e => e.DigitalSourceType).HasMaxLength(60);
        edition.Property(e => e.ApprovedBy).HasMaxLength(200);
        edition.Property(e => e.CorrectionNote).HasMaxLength(ArticleLimits.Note);
        edition.Property(e => e.IssuedBy).HasMaxLength(200);
        edition.Property(e => e.WithdrawalReason).HasMaxLength(ArticleLimits.Note);
        edition.Property(e => e.Acknowledged).AsRules();
        edition.HasIndex(e => new { e.ArticleId, e.Number }).IsUnique();
        edition.HasIndex(e => e.Slug);

        // The desk's activity.
        edition.HasIndex(e => new { e.LiveFrom, e.Id });
        edition.HasOne<Article>().WithMany().HasForeignKey(e => e.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionTagConfiguration : IEntityTypeConfiguration<EditionTag>
{
    public void Configure(EntityTypeBuilder<EditionTag> tag)
    {
        tag.HasKey(t => new { t.EditionId, t.Ordinal });
        tag.HasOne<Edition>().WithMany().HasForeignKey(t => t.EditionId).OnDelete(DeleteBehavior.NoAction);
        tag.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionAuthorConfiguration : IEntityTypeConfiguration<EditionAuthor>
{
    public void Configure(EntityTypeBuilder<EditionAuthor> author)
    {
        author.HasKey(a => new { a.EditionId, a.Ordinal });
        author.HasOne<Edition>().WithMany().HasForeignKey(a => a.EditionId).OnDelete(DeleteBehavior.NoAction);
        author.HasOne<Author>().WithMany().HasForeignKey(a => a.AuthorId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionToolConfiguration : IEntityTypeConfiguration<EditionTool>
{
    public void Configure(EntityTypeBuilder<EditionTool> tool)
    {
        tool.HasKey(t => new { t.EditionId, t.Ordinal });
        tool.HasOne<Edition>().WithMany().HasForeignKey(t => t.EditionId).OnDelete(DeleteBehavior.NoAction);
        tool.HasOne<Tool>().WithMany().HasForeignKey(t => t.ToolId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionMediaConfiguration : IEntityTypeConfiguration<EditionMedia>
{
    public void Configure(EntityTypeBuilder<EditionMedia> media)
    {
        media.HasKey(m => new { m.EditionId, m.MediaId });
        media.HasIndex(m => new { m.MediaId, m.ArticleId });
        media.HasOne<Edition>().WithMany().HasForeignKey(m => m.EditionId).OnDelete(DeleteBehavior.NoAction);
        media.HasOne<MediaAsset>().WithMany().HasForeignKey(m => m.MediaId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class EditionTakeConfiguration : IEntityTypeConfiguration<EditionTake>
{
    public void Configure(EntityTypeBuilder<EditionTake> take)
    {
        take.HasKey(t => new { t.EditionId, t.TakeId });
        take.ComplexProperty(t => t.Anchor, anchor => anchor.AsColumns());
        take.Property(t => t.PersonaName).HasMaxLength(120);
        take.Property(t => t.PersonaLens).HasMaxLength(120);
        take.Property(t => t.Text).HasMaxLength(8000);
        take.Property(t => t.Verdict).HasMaxLength(200);
        take.Property(t => t.Disclosure).HasMaxLength(1000);
        take.Property(t => t.DigitalSourceType).HasMaxLength(60);
        take.HasOne<Edition>().WithMany().HasForeignKey(t => t.EditionId).OnDelete(DeleteBehavior.NoAction);
        take.HasOne<Take>().WithMany().HasForeignKey(t => t.TakeId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class ArticleListingConfiguration : IEntityTypeConfiguration<ArticleListing>
{
    // There are no foreign keys: editions are never deleted, and an index for each key would cost more than the list.
    public void Configure(EntityTypeBuilder<ArticleListing> listing)
    {
        listing.HasKey(l => new { l.ArticleId, l.FacetId });

        // The index includes EditionId, so that a page is read from the index without the table.
        listing
            .HasIndex(l => new
            {
                l.FacetId,
                l.PublishedAt,
                l.ArticleId,
                l.EditionId,
            })
            .IsDescending(false, true, true, false);
        listing
            .HasIndex(l => new
            {
                l.FacetId,
                l.UpdatedAt,
                l.ArticleId,
                l.EditionId,
            })
            .IsDescending(false, true, true, false);
    }
}

internal sealed class PastListingConfiguration : IEntityTypeConfiguration<PastListing>
{
    public void Configure(EntityTypeBuilder<PastListing> listing)
    {
        listing.HasKey(l => new { l.EditionId, l.FacetId });
        listing
            .HasIndex(l => new
            {
                l.FacetId,
                l.PublishedAt,
                l.ArticleId,
                l.UpdatedAt,
                l.SupersededAt,
                l.EditionId,
            })
            .IsDescending(false, true, true, false, false, false);
        listing
            .HasIndex(l => new
            {
                l.FacetId,
                l.UpdatedAt,
                l.ArticleId,
                l.SupersededAt,
                l.EditionId,
                l.PublishedAt,
            })
            .IsDescending(false, true, true, false, false, false);
    }
}

internal sealed class TakeListingConfiguration : IEntityTypeConfiguration<TakeListing>
{
    public void Configure(EntityTypeBuilder<TakeListing> listing)
    {
        listing.HasKey(l => l.TakeId);

        // The index includes the stance, so that a persona's stances are counted from the index without the table.
        listing
            .HasIndex(l => new
            {
                l.PersonaId,
                l.PublishedAt,
                l.TakeId,
                l.EditionId,
                l.Stance,
            })
            .IsDescending(false, true, true, false, false);
        listing
            .HasIndex(l => new
            {
                l.PublishedAt,
                l.TakeId,
                l.EditionId,
            })
            .IsDescending(true, true, false);

        // The stances on the articles of a category.
        listing.HasIndex(l => new { l.EditionId, l.Stance });
    }
}

internal static class ArticleColumns
{
    extension(ComplexPropertyBuilder<ArticleContent> content)
    {
        /// <summary>Maps the content to columns with the same names in every table.</summary>
        public void AsColumns()
        {
            content.Property(c => c.Headline).HasMaxLength(ArticleLimits.Headline).HasColumnName("Headline");
            content.Property(c => c.Summary).HasMaxLength(ArticleLimits.Summary).HasColumnName("Summary");
            content.Property(c => c.Body).HasColumnName("Body");
            content.Property(c => c.WordCount).HasColumnName("WordCount");
            content.Property(c => c.ReadingMinutes).HasColumnName("ReadingMinutes");
            content.Property(c => c.CategoryId).HasColumnName("CategoryId");
            content.Property(c => c.SourceId).HasColumnName("SourceId");
            content.Property(c => c.SourceUrl).HasMaxLength(WebAddress.MaxLength).HasColumnName("SourceUrl");
            content.Property(c => c.SourcePublishedOn).HasColumnName("SourcePublishedOn");
            content.Property(c => c.HeroImageId).HasColumnName("HeroImageId");
            content.Property(c => c.HeroAlt).HasMaxLength(MediaAsset.AltLength).HasColumnName("HeroAlt");
            content.Property(c => c.HeroCaption).HasMaxLength(MediaAsset.CaptionLength).HasColumnName("HeroCaption");
            content.Property(c => c.Byline).HasMaxLength(ArticleLimits.Byline).HasColumnName("Byline");
            content.Property(c => c.Language).HasMaxLength(35).HasColumnName("Language");
            content.ComplexProperty(
                c => c.Seo,
                seo =>
                {
                    seo.Property(s => s.Title).HasMaxLength(ArticleLimits.Headline).HasColumnName("SeoTitle");
                    seo.Property(s => s.Description)
                        .HasMaxLength(ArticleLimits.Summary)
                        .HasColumnName("SeoDescription");
                    seo.Property(s => s.CanonicalUrl)
                        .HasMaxLength(WebAddress.MaxLength)
                        .HasColumnName("SeoCanonicalUrl");
                    seo.Property(s => s.NoIndex).HasColumnName("SeoNoIndex");
                }
            );
        }
    }

    extension(PropertyBuilder<IReadOnlyList<CheckRule>> rules)
    {
        // The column is long enough for the names of all rules.
        public void AsRules() =>
            rules
                .HasConversion(new EnumListConverter<CheckRule>(), EnumListConverter<CheckRule>.Comparer)
                .HasMaxLength(1000);
    }

    extension(ComplexPropertyBuilder<Contributor> contributor)
    {
        public void AsColumns(string role)
        {
            contributor.Property(c => c.Kind).HasColumnName(role + "Kind");
            contributor.Property(c => c.Name).HasMaxLength(200).HasColumnName(role + "Name");
            contributor.Property(c => c.Key).HasMaxLength(200).HasColumnName(role + "Key");
        }
    }

    extension(ComplexPropertyBuilder<DraftedWith> model)
    {
        public void AsColumns()
        {
            model.Property(m => m.Model).HasMaxLength(DraftedWith.MaxLength).HasColumnName("DraftedWithModel");
            model.Property(m => m.Version).HasMaxLength(DraftedWith.MaxLength).HasColumnName("DraftedWithVersion");
        }
    }

    extension(ComplexPropertyBuilder<TakeAnchor> anchor)
    {
        public void AsColumns()
        {
            anchor.Property(a => a.BlockId).HasMaxLength(40).HasColumnName("AnchorBlockId");
            anchor.Property(a => a.Quote).HasMaxLength(1000).HasColumnName("AnchorQuote");
        }
    }
}
