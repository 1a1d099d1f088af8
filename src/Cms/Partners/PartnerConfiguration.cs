using System.Security.Cryptography;
using System.Text.Json;
using Cms.Data;
using Cms.Foundation;
using Cms.Panel;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Partners;

internal sealed class PartnerConfiguration : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> partner)
    {
        partner.Property(p => p.Name).HasMaxLength(Partner.MaxName);
        partner.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        partner.Property(p => p.Contacts).HasConversion(new ContactsConverter(), ContactsConverter.Comparer);
        partner.Property(p => p.Notes).HasMaxLength(Partner.MaxNotes);
        partner.Property(p => p.SuspendedBecause).HasMaxLength(Partner.MaxReason);
        partner.Property(p => p.UpdatedBy).HasMaxLength(200);
        partner.Property(p => p.Version).IsConcurrencyToken();
        partner.HasIndex(p => p.Slug).IsUnique();
    }

    private sealed class ContactsConverter()
        : ValueConverter<IReadOnlyList<PartnerContact>, string>(
            contacts => JsonSerializer.Serialize(contacts, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<PartnerContact[]>(json, JsonSerializerOptions.Default)!
        )
    {
        public static ValueComparer<IReadOnlyList<PartnerContact>> Comparer { get; } =
            new(
                (left, right) => left!.SequenceEqual(right!),
                list => list.Aggregate(0, (hash, contact) => HashCode.Combine(hash, contact)),
                list => list
            );
    }
}

internal sealed class PartnerApplicationConfiguration : IEntityTypeConfiguration<PartnerApplication>
{
    public void Configure(EntityTypeBuilder<PartnerApplication> application)
    {
        application.HasKey(a => a.Key);
        application.HasIndex(a => new { a.PartnerId, a.Ordinal });
        application.HasOne<Partner>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class PartnerPersonConfiguration : IEntityTypeConfiguration<PartnerPerson>
{
    public void Configure(EntityTypeBuilder<PartnerPerson> person)
    {
        person.HasKey(p => p.Key);
        person.Property(p => p.Name).HasMaxLength(Partner.MaxName);
        person.HasIndex(p => new { p.PartnerId, p.Ordinal });
        person.HasOne<Partner>().WithMany().HasForeignKey(p => p.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class FeedKeyConfiguration : IEntityTypeConfiguration<FeedKey>
{
    public void Configure(EntityTypeBuilder<FeedKey> key)
    {
        key.Property(k => k.Hash).HasMaxLength(SHA256.HashSizeInBytes).IsFixedLength();
        key.Property(k => k.Ending).HasMaxLength(4);
        key.Property(k => k.CreatedBy).HasMaxLength(200);
        key.Property(k => k.RevokedBy).HasMaxLength(200);

        // Finds the partner of a key.
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => new { k.PartnerId, k.Id });
        key.HasOne<Partner>().WithMany().HasForeignKey(k => k.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class AgreementAcceptanceConfiguration : IEntityTypeConfiguration<AgreementAcceptance>
{
    public void Configure(EntityTypeBuilder<AgreementAcceptance> acceptance)
    {
        acceptance.HasKey(a => new { a.PartnerId, a.Number });
        acceptance.Property(a => a.AcceptedBy).HasMaxLength(AgreementAcceptance.MaxBy);
        acceptance.HasOne<Partner>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class AgreementConfiguration : IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Agreement> agreement)
    {
        agreement.HasKey(a => new { a.PartnerId, a.Number });
        agreement.Property(a => a.CreatedBy).HasMaxLength(200);
        agreement.HasOne<Partner>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.NoAction);
        agreement.ComplexProperty(
            a => a.Terms,
            terms =>
            {
                terms.Property(t => t.BeginsAt).HasColumnName("BeginsAt");
                terms.Property(t => t.EndsAt).HasColumnName("EndsAt");
                terms
                    .Property(t => t.Categories)
                    .HasConversion(new IdListConverter<CategoryId>(), IdListConverter<CategoryId>.Comparer)
                    .HasColumnName("Categories");
                terms
                    .Property(t => t.Tags)
                    .HasConversion(new IdListConverter<TagId>(), IdListConverter<TagId>.Comparer)
                    .HasColumnName("Tags");
                terms
                    .Property(t => t.Tools)
                    .HasConversion(new IdListConverter<ToolId>(), IdListConverter<ToolId>.Comparer)
                    .HasColumnName("Tools");
                terms
                    .Property(t => t.Languages)
                    .HasConversion(new WordListConverter(), WordListConverter.Comparer)
                    .HasMaxLength(2000)
                    .HasColumnName("Languages");
                terms
                    .Property(t => t.ExcludedTags)
                    .HasConversion(new IdListConverter<TagId>(), IdListConverter<TagId>.Comparer)
                    .HasColumnName("ExcludedTags");
                terms.Property(t => t.Text).HasColumnName("Text");
                terms.Property(t => t.SummaryWords).HasColumnName("SummaryWords");
                terms.Property(t => t.HasTakes).HasColumnName("HasTakes");
                terms
                    .Property(t => t.Personas)
                    .HasConversion(new IdListConverter<PersonaId>(), IdListConverter<PersonaId>.Comparer)
                    .HasColumnName("Personas");
                terms.Property(t => t.Images).HasColumnName("Images");
                terms
                    .Property(t => t.Territories)
                    .HasConversion(new WordListConverter(), WordListConverter.Comparer)
                    .HasMaxLength(1000)
                    .HasColumnName("Territories");
                terms.Property(t => t.RequiresCanonicalLink).HasColumnName("RequiresCanonicalLink");
                terms
                    .Property(t => t.Attribution)
                    .HasMaxLength(AgreementTerms.MaxAttribution)
                    .HasColumnName("Attribution");
                terms.Property(t => t.AllowsAiTraining).HasColumnName("AllowsAiTraining");
                terms.Property(t => t.AllowsAiSummaries).HasColumnName("AllowsAiSummaries");
                terms.Property(t => t.EmbargoLead).HasColumnName("EmbargoLead");
                terms.Property(t => t.RequestsPerMinute).HasColumnName("RequestsPerMinute");
                terms.Property(t => t.MonthlyQuota).HasColumnName("MonthlyQuota");
            }
        );
    }
}
