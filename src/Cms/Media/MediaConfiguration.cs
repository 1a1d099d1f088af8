using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Media;

internal sealed class MediaAssetConfiguration : IEntityTypeConfiguration<MediaAsset>
{
    public void Configure(EntityTypeBuilder<MediaAsset> asset)
    {
        asset.ToTable("MediaAssets");
        asset.Property(a => a.FileName).HasMaxLength(MediaAsset.FileNameLength);
        asset.Property(a => a.Sha256).HasMaxLength(64);
        asset.Property(a => a.ThumbHash).HasMaxLength(64);
        asset.Property(a => a.Alt).HasMaxLength(MediaAsset.AltLength);
        asset.Property(a => a.Caption).HasMaxLength(MediaAsset.CaptionLength);
        asset.Property(a => a.Folder).HasMaxLength(MediaAsset.FolderLength);
        asset.Property(a => a.ImportId).HasMaxLength(400);
        asset.Property(a => a.ImportHash).HasMaxLength(64);
        asset.Property(a => a.Version).IsConcurrencyToken();
        asset.ComplexProperty(
            a => a.Focus,
            focus =>
            {
                focus.Property(f => f.X).HasColumnName("FocusX");
                focus.Property(f => f.Y).HasColumnName("FocusY");
            }
        );
        asset.ComplexProperty(
            a => a.Rights,
            rights =>
            {
                rights.Property(r => r.Creator).HasMaxLength(ImageRights.NameLength).HasColumnName("Creator");
                rights.Property(r => r.CreditLine).HasMaxLength(ImageRights.NameLength).HasColumnName("CreditLine");
                rights
                    .Property(r => r.CopyrightNotice)
                    .HasMaxLength(ImageRights.NameLength)
                    .HasColumnName("CopyrightNotice");
                rights.Property(r => r.LicenceName).HasMaxLength(ImageRights.NameLength).HasColumnName("LicenceName");
                rights.Property(r => r.LicenceUrl).HasMaxLength(WebAddress.MaxLength).HasColumnName("LicenceUrl");
                rights
                    .Property(r => r.AcquireLicenceUrl)
                    .HasMaxLength(WebAddress.MaxLength)
                    .HasColumnName("AcquireLicenceUrl");
                rights.Property(r => r.UsageTerms).HasMaxLength(ImageRights.TextLength).HasColumnName("UsageTerms");
                rights.Property(r => r.MustCredit).HasColumnName("MustCredit");
                rights
                    .Property(r => r.Territories)
                    .HasConversion(new WordListConverter(), WordListConverter.Comparer)
                    .HasMaxLength(3 * ImageRights.MaxTerritories)
                    .HasColumnName("Territories");
                rights.Property(r => r.ValidFrom).HasColumnName("ValidFrom");
                rights.Property(r => r.ExpiresAt).HasColumnName("RightsExpireAt");
                rights.Property(r => r.AllowSyndication).HasColumnName("AllowSyndication");
                rights.Property(r => r.NoCrop).HasColumnName("NoCrop");
                rights.Property(r => r.DigitalSourceType).HasMaxLength(48).HasColumnName("DigitalSourceType");
                rights.Ignore(r => r.Credit);
            }
        );
        asset.ComplexProperty(a => a.UploadedBy, person => person.AsColumns("UploadedBy"));
        asset.ComplexProperty(a => a.UpdatedBy, person => person.AsColumns("UpdatedBy"));
        asset.HasIndex(a => a.ImportId).IsUnique();
        asset.HasIndex(a => new { a.Folder, a.Id }).IsDescending(false, true);
        asset.HasIndex(a => new { a.Gap, a.Id }).IsDescending(false, true);
        asset.HasIndex(a => new { a.ExpiresAt, a.Id });
        asset.HasOne<MediaAsset>().WithMany().HasForeignKey(a => a.SubstituteId).OnDelete(DeleteBehavior.NoAction);

        // This is not a foreign key, because a deleted image's row is retained longer than its file.
        asset.HasIndex(a => a.Sha256);
    }
}

internal sealed class MediaBlobConfiguration : IEntityTypeConfiguration<MediaBlob>
{
    public void Configure(EntityTypeBuilder<MediaBlob> blob)
    {
        blob.ToTable("MediaBlobs");
        blob.HasKey(b => b.Sha256);
        blob.Property(b => b.Sha256).HasMaxLength(64);
        blob.ComplexProperty(
            b => b.Words,
            words =>
            {
                words.Property(w => w.Creator).HasMaxLength(ImageRights.NameLength).HasColumnName("SaysCreator");
                words.Property(w => w.CreditLine).HasMaxLength(ImageRights.NameLength).HasColumnName("SaysCreditLine");
                words
                    .Property(w => w.CopyrightNotice)
                    .HasMaxLength(ImageRights.NameLength)
                    .HasColumnName("SaysCopyrightNotice");
                words.Property(w => w.LicenceUrl).HasMaxLength(WebAddress.MaxLength).HasColumnName("SaysLicenceUrl");
                words.Property(w => w.UsageTerms).HasMaxLength(ImageRights.TextLength).HasColumnName("SaysUsageTerms");
                words.Property(w => w.Caption).HasMaxLength(MediaAsset.CaptionLength).HasColumnName("SaysCaption");
                words.Property(w => w.Alt).HasMaxLength(MediaAsset.AltLength).HasColumnName("SaysAlt");
                words.Property(w => w.DigitalSourceType).HasMaxLength(48).HasColumnName("SaysDigitalSourceType");
            }
        );
        blob.HasIndex(b => new { b.State, b.StateSince });
    }
}

internal sealed class MediaUploadConfiguration : IEntityTypeConfiguration<MediaUpload>
{
    public void Configure(EntityTypeBuilder<MediaUpload> upload)
    {
        upload.ToTable("MediaUploads");
        upload.Property(u => u.FileName).HasMaxLength(MediaAsset.FileNameLength);
        upload.Property(u => u.Version).IsConcurrencyToken();
        upload.ComplexProperty(u => u.By, person => person.AsColumns("By"));
        upload.HasIndex(u => new { u.State, u.ExpiresAt });
    }
}

internal sealed class MediaUseConfiguration : IEntityTypeConfiguration<MediaUse>
{
    public void Configure(EntityTypeBuilder<MediaUse> use)
    {
        use.ToTable("MediaUses");
        use.HasKey(u => new
        {
            u.MediaId,
            u.Kind,
            u.UserId,
        });
        use.HasIndex(u => new { u.UserId, u.Kind });
        use.HasOne<MediaAsset>().WithMany().HasForeignKey(u => u.MediaId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class MediaTagConfiguration : IEntityTypeConfiguration<MediaTag>
{
    public void Configure(EntityTypeBuilder<MediaTag> tag)
    {
        tag.ToTable("MediaTags");
        tag.HasKey(t => new { t.MediaId, t.TagId });
        tag.HasIndex(t => new { t.TagId, t.MediaId }).IsDescending(false, true);
        tag.HasOne<MediaAsset>().WithMany().HasForeignKey(t => t.MediaId).OnDelete(DeleteBehavior.NoAction);
        tag.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class MediaTermConfiguration : IEntityTypeConfiguration<MediaTerm>
{
    public void Configure(EntityTypeBuilder<MediaTerm> term)
    {
        term.ToTable("MediaTerms");
        term.HasKey(t => new { t.MediaId, t.Term });
        term.Property(t => t.Term).HasMaxLength(MediaTerm.MaxLength);
        term.HasIndex(t => new { t.Term, t.MediaId });
        term.HasOne<MediaAsset>().WithMany().HasForeignKey(t => t.MediaId).OnDelete(DeleteBehavior.NoAction);
    }
}
