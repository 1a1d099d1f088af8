using Cms.Media;

namespace Cms.Articles.Gate.Rules;

internal sealed class HeroImageRule(RuleSettings settings)
    : GateRule(CheckRule.HeroImage, settings, CheckSeverity.Warning)
{
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Content.HeroImageId is null ? [new("The article has no image at the top. Choose one.", "heroImage")] : [];
}

internal sealed class HeroAltRule(RuleSettings settings) : GateRule(CheckRule.HeroAlt, settings, CheckSeverity.Error)
{
    public override GateNeeds Needs => GateNeeds.Images;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from image in facts.UnfitImages
        where image is { IsHero: true, Refusal: ImageAltMissing }
        select Finding.Of(image.Refusal, image.Path);
}

internal sealed class BodyAltRule(RuleSettings settings) : GateRule(CheckRule.BodyAlt, settings, CheckSeverity.Error)
{
    public override GateNeeds Needs => GateNeeds.Images;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from image in facts.UnfitImages
        where image is { IsHero: false, Refusal: ImageAltMissing }
        select Finding.Of(image.Refusal, image.Path);
}

internal sealed class ImageCreditRule(RuleSettings settings)
    : GateRule(CheckRule.ImageCredit, settings, CheckSeverity.Error)
{
    public override GateNeeds Needs => GateNeeds.Images;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from image in facts.UnfitImages
        where image.Refusal is ImageCreditMissing
        select Finding.Of(image.Refusal, image.Path);
}

internal sealed class ImageRightsRule(RuleSettings settings)
    : GateRule(CheckRule.ImageRights, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override GateNeeds Needs => GateNeeds.Images;

    // Every reason that no other rule reports, so that a new reason cannot be missed.
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        from image in facts.UnfitImages
        where image.Refusal is not (ImageAltMissing or ImageCreditMissing)
        select Finding.Of(image.Refusal, image.Path);
}
