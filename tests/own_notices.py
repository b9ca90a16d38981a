"""Short notices in our own words, over causes, stages and languages: (language, text, (cause, stage, answer kind))."""

from __future__ import annotations

import pytest

NOTICES = [
    pytest.param(
        "en",
        (
            "Dear Seller,\n"
            "\n"
            "We have put your selling account on hold. Too many of your buyers filed claims or left one-star ratings: your ODR came to 2.7%, and 1% is the most we accept.\n"
            "\n"
            "Before you can sell again we need to hear what went wrong, how you made it good and what stops it from happening again. Press Appeal on the Account Health page by 12 May 2026."
        ),
        ("order_defect_rate", "deactivated", "plan_of_action"),
        id="en-order_defect_rate-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "We are unable to accept the plan you sent us. It does not explain why parcels left your warehouse late, and your late shipment rate is still 8.2% (limit: 4%). Your account therefore stays suspended.\n"
            "\n"
            "You can appeal again. A new plan needs:\n"
            "* more detail on the reasons for late dispatch\n"
            "* the measures that you have put in place to keep it under 4%"
        ),
        ("late_shipment", "appeal_denied", "plan_of_action"),
        id="en-late_shipment-appeal_denied",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "your listing B0CK3LM92P is no longer available because a customer told us the toaster caught fire. \n"
            "\n"
            "Please upload a UL test report and pictures of the label under Manage your compliance within 10 business days."
        ),
        ("product_safety_compliance", "listing_removed", "documents_only"),
        id="en-product_safety_compliance-listing_removed",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "A brand has told us that you use its logo without permission on the product below. The offer was disabled.\n"
            "\n"
            "ASIN: B0CL81QW3T\n"
            "Type of infringement: Trademark\n"
            "Reported by: Kestrel & Sons Ltd.\n"
            "\n"
            "Ask the brand to withdraw its notice, or send a licence agreement to notice-dispute@amazon.com."
        ),
        ("trademark", "listing_removed", "retraction"),
        id="en-trademark-listing_removed",
    ),
    pytest.param(
        "en",
        (
            "Good morning,\n"
            "\n"
            "We looked into the reviews of your lunch boxes. Several were written by people who were given a voucher for it. Offering anything in exchange for a review breaks our rules, so your selling privileges are suspended as of today and your money is being held.\n"
            "\n"
            "How can I get my account back?\n"
            "Send us a plan: who took part, what you did to end it, and how you will avoid it in future."
        ),
        ("review_manipulation", "deactivated", "plan_of_action"),
        id="en-review_manipulation-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "Our records link your account with a different account that was closed for breaking our rules. As long as that account is closed you cannot sell on Amazon.de.\n"
            "\n"
            "Get the other account reactivated first. After that, appeal here and tell us its name and the date."
        ),
        ("related_accounts", "deactivated", "other_account_first"),
        id="en-related_accounts-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "The identity check of your account is not finished. Until it is, your account is switched off.\n"
            "\n"
            "We need from you:\n"
            "- a photo of your passport\n"
            "- a bank statement not older than 90 days\n"
            "- a recent water bill\n"
            "\n"
            "Upload them in Seller Central."
        ),
        ("verification", "deactivated", "documents_only"),
        id="en-verification-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "We could not collect your monthly fee because your card was declined. The amount due is $39.99. If it is not paid by 3 June 2026, your listings will be hidden.\n"
            "\n"
            "Update your charge method under Settings > Charge methods."
        ),
        ("payment_tax", "warning", "corrected_data"),
        id="en-payment_tax-warning",
    ),
    pytest.param(
        "en",
        (
            "Congratulations! Following your appeal, we have lifted the suspension and your account is back to normal. Nothing more is needed from you."
        ),
        ("unspecified", "reinstated", "no_reply_needed"),
        id="en-unspecified-reinstated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "Thank you for your appeal. Before we can decide we need two more things: invoices for B0CZ7QW11P dated in the last 365 days, and the phone number of your supplier. The complaints about inauthentic items stay open until then."
        ),
        ("inauthentic", "more_info_requested", "documents_only"),
        id="en-inauthentic-more_info_requested",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "This is a warning. Customers say that the jars they got had passed their best before date. If it happens again, we may remove your listings.\n"
            "\n"
            "Please tell us within 5 days what caused it, what you've done with the stock and how you will keep it from recurring."
        ),
        ("expired", "warning", "plan_of_action"),
        id="en-expired-warning",
    ),
    pytest.param(
        "en",
        (
            "Dear seller,\n"
            "some of your bundles cost far more per piece than a single unit. This violates the fair pricing policy, and we deactivated these offers. Lower the price in Manage Pricing; there is no need to write an appeal."
        ),
        ("pricing", "listing_removed", "corrected_data"),
        id="en-pricing-listing_removed",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "In line with Section 3 of the agreement, your account is deactivated. We will not transfer your balance. Go to Account Health and click Reactivate your account."
        ),
        ("unspecified", "deactivated", "information_request"),
        id="en-unspecified-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "The invoice you uploaded on 4 May was not issued by the supplier named on it; the supplier confirmed this to us. We have deactivated your account because of this falsified paper.\n"
            "\n"
            "If you hold that the document is genuine, send us evidence of it."
        ),
        ("forged_documents", "deactivated", "dispute"),
        id="en-forged_documents-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "We found that you ship orders straight from another store's website. Buyers got boxes with the invoice of that store. This is not in line with our drop shipping rules, and your merchant-fulfilled offers are off.\n"
            "\n"
            "Send supplier invoices, your supplier agreement, and a plan of action with the root cause, what you did, and how you prevent it."
        ),
        ("drop_shipping", "deactivated", "plan_of_action"),
        id="en-drop_shipping-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "You listed a children's pyjama as a colour variation of a coffee mug. This is variation abuse. We have split the family and removed the listings.\n"
            "\n"
            "Write to us via Appeal on Account Health: why did this happen, what did you correct, how do you prevent it?"
        ),
        ("listing_policy", "listing_removed", "plan_of_action"),
        id="en-listing_policy-listing_removed",
    ),
    pytest.param(
        "zh",
        (
            "您好：\n"
            "\n"
            "您的商品 B0CX11QQ2Z 收到多起买家投诉，称收到的商品是旧的，却按全新品出售。我们已下架该商品。\n"
            "\n"
            "请在 7 天内提交行动计划，说明问题原因、已采取的纠正措施和预防措施。"
        ),
        ("used_sold_as_new", "listing_removed", "plan_of_action"),
        id="zh-used_sold_as_new-listing_removed",
    ),
    pytest.param(
        "zh",
        (
            "尊敬的卖家：\n"
            "\n"
            "感谢您提交申诉。我们仍缺少以下信息，因此暂时无法恢复您的账户：\n"
            "- 更清晰的营业执照\n"
            "- 最近 90 天内的水费账单\n"
            "\n"
            "请在 10 天内补充。"
        ),
        ("verification", "more_info_requested", "documents_only"),
        id="zh-verification-more_info_requested",
    ),
    pytest.param(
        "zh",
        (
            "您好，\n"
            "我们收到专利权人的举报，称您的商品侵犯其外观设计专利，现已移除该商品。\n"
            "ASIN：B0C22PPQ1R\n"
            "专利号：ZL202130123456.7\n"
            "如您与权利人达成和解，请其向我们撤回投诉。"
        ),
        ("patent", "listing_removed", "retraction"),
        id="zh-patent-listing_removed",
    ),
    pytest.param(
        "zh",
        ("您好，您的账户存在停用风险。您的有效追踪率为 89.4%，低于 95% 的要求。请更正追踪编码，无需提交申诉。"),
        ("valid_tracking", "warning", "corrected_data"),
        id="zh-valid_tracking-warning",
    ),
    pytest.param(
        "zh",
        ("您好！恭喜，您的账户已重新激活，您可以继续在亚马逊销售商品。被暂扣的款项将在下一个结算周期发放。"),
        ("unspecified", "reinstated", "no_reply_needed"),
        id="zh-unspecified-reinstated",
    ),
    pytest.param(
        "de",
        (
            "Guten Tag,\n"
            "\n"
            "Ihr Verkäuferkonto wurde gesperrt, weil Sie zu viele Bestellungen vor dem Versand storniert haben. Ihre Stornorate beträgt 6,1 %, erlaubt sind höchstens 2,5 %.\n"
            "\n"
            "Bitte schicken Sie uns binnen 14 Tagen einen Maßnahmenplan: Ursache, bereits ergriffene Maßnahmen, künftige Vorbeugung."
        ),
        ("cancellation", "deactivated", "plan_of_action"),
        id="de-cancellation-deactivated",
    ),
    pytest.param(
        "de",
        (
            "Guten Tag,\n"
            "\n"
            "wir haben Ihren Einspruch geprüft und lehnen ihn ab. Es bestehen weiter Zweifel, ob die von Ihnen verkauften Artikel echt sind. Ihr Konto bleibt gesperrt.\n"
            "\n"
            "Sie können neue Rechnungen der letzten 365 Tage sowie Name und Telefonnummer des Lieferanten einreichen."
        ),
        ("inauthentic", "appeal_denied", "documents_only"),
        id="de-inauthentic-appeal_denied",
    ),
    pytest.param(
        "de",
        (
            "Guten Tag,\n"
            "\n"
            "Ihr Angebot B0CD55KLQ2 wurde entfernt: der Artikel darf auf Amazon.de nicht verkauft werden (Richtlinie zu verbotenen Produkten). Falls der Verkauf zulässig ist, senden Sie uns bitte die Zulassung der Behörde über die Seite Kontozustand."
        ),
        ("restricted_products", "listing_removed", "documents_only"),
        id="de-restricted_products-listing_removed",
    ),
    pytest.param(
        "ja",
        (
            "出品者様\n"
            "\n"
            "お客様のアカウントを停止いたしました。注文不良率が2.1%となり、目標の1%未満を満たしていないためです。\n"
            "\n"
            "原因、実施した対応、再発防止策を記載した改善計画を14日以内にご提出ください。売上金は留保されます。"
        ),
        ("order_defect_rate", "deactivated", "plan_of_action"),
        id="ja-order_defect_rate-deactivated",
    ),
    pytest.param(
        "ja",
        (
            "いつもお世話になっております。\n"
            "権利者から商標権侵害の申し立てがあり、下記の商品ページを削除いたしました。\n"
            "ASIN: B0CQ9ZX12L\n"
            "申し立てID: 16620391847\n"
            "権利者に連絡し、申し立ての取り下げを依頼してください。"
        ),
        ("trademark", "listing_removed", "retraction"),
        id="ja-trademark-listing_removed",
    ),
    pytest.param(
        "fr",
        (
            "Bonjour,\n"
            "\n"
            "Nous avons désactivé votre compte vendeur car des clients se plaignent d'avoir reçu des articles d'occasion vendus comme neufs.\n"
            "\n"
            "Merci de nous envoyer sous 17 jours un plan d'action précisant la cause du problème, les mesures prises et celles qui l'empêcheront à l'avenir."
        ),
        ("used_sold_as_new", "deactivated", "plan_of_action"),
        id="fr-used_sold_as_new-deactivated",
    ),
    pytest.param(
        "fr",
        (
            "Bonjour,\n"
            "\n"
            "Nous avons retiré votre offre B0CV81LLMZ à la suite d'une plainte pour contrefaçon du titulaire des droits. Envoyez une facture de votre fournisseur ou une lettre d'autorisation de la marque."
        ),
        ("counterfeit", "listing_removed", "documents_only"),
        id="fr-counterfeit-listing_removed",
    ),
    pytest.param(
        "it",
        (
            "Gentile venditore,\n"
            "\n"
            "il tuo account è a rischio di disattivazione: il tasso di spedizioni in ritardo è del 7,4%, l'obiettivo è inferiore al 4%. Inviaci entro 7 giorni un piano d'azione con le cause, le azioni correttive e le misure preventive."
        ),
        ("late_shipment", "warning", "plan_of_action"),
        id="it-late_shipment-warning",
    ),
    pytest.param(
        "it",
        (
            "Gentile venditore,\n"
            "\n"
            "abbiamo disattivato il tuo account perché i documenti che hai inviato risultano falsificati. Se ritieni che siano autentici, inviaci prove del fornitore."
        ),
        ("forged_documents", "deactivated", "dispute"),
        id="it-forged_documents-deactivated",
    ),
    pytest.param(
        "es",
        (
            "Hola:\n"
            "\n"
            "Hemos desactivado tu cuenta porque está relacionada con otra cuenta que no puede vender en Amazon. Primero debes conseguir que se reactive la otra cuenta; después apela aquí indicando su nombre y la fecha."
        ),
        ("related_accounts", "deactivated", "other_account_first"),
        id="es-related_accounts-deactivated",
    ),
    pytest.param(
        "es",
        (
            "Hola:\n"
            "\n"
            "Hemos eliminado tu oferta B0C4QW77PL porque el producto no coincide con la descripción de la página. Envíanos en un plazo de 10 días un plan con la causa, las medidas tomadas y las medidas para que no se repita."
        ),
        ("not_as_described_defective", "listing_removed", "plan_of_action"),
        id="es-not_as_described_defective-listing_removed",
    ),
    pytest.param(
        "es",
        (
            "Hola:\n"
            "\n"
            "Tu cuenta ha sido reactivada. Ya puedes volver a vender en Amazon.es. No tienes que hacer nada más."
        ),
        ("unspecified", "reinstated", "no_reply_needed"),
        id="es-unspecified-reinstated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "Your disbursement is on hold. Because sales rose sharply we keep a reserve of $900.00 until the orders are delivered. Your account and listings stay active and there is nothing for you to do."
        ),
        ("unspecified", "funds_held", "no_reply_needed"),
        id="en-unspecified-funds_held",
    ),
    pytest.param(
        "en",
        (
            "New order: please ship 1 x Garden gnome (B0C7T5XQ2M) by 14 March. Order ID 114-5550021-8871234. Late shipment harms your late shipment rate."
        ),
        ("unspecified", "not_enforcement", "no_reply_needed"),
        id="en-unspecified-not_enforcement",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "Seller-fulfilled selling is paused for you in Germany as only 78% of your units came by the promised date; our minimum is 90% on-time delivery. Tell us the cause, the corrective action and how you will prevent late deliveries."
        ),
        ("on_time_delivery", "deactivated", "plan_of_action"),
        id="en-on_time_delivery-deactivated",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "you sent buyers messages with a coupon for your own web shop. This is against the communication guidelines and the Seller Code of Conduct. Messaging is blocked for 7 days. Take a short quiz in Account Health to end the block sooner."
        ),
        ("code_of_conduct", "warning", "questionnaire"),
        id="en-code_of_conduct-warning",
    ),
    pytest.param(
        "en",
        (
            "Hello,\n"
            "\n"
            "We took down images from your detail page. Their photographer reports that you copied them without permission.\n"
            "Infringement type: Copyright\n"
            "Complaint ID: 15510022334\n"
            "\n"
            "Send us the licence for the photos, or proof that you took them."
        ),
        ("copyright", "listing_removed", "documents_only"),
        id="en-copyright-listing_removed",
    ),
]
